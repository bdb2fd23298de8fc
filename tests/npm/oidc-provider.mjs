// A real OpenID provider of others on loopback, for the tests: one client, whose addresses are given.
// Anybody may sign in: the name is the subject. `POST /rotate` puts a new signing key in place.
import { createServer } from "node:http";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { Provider } from "oidc-provider";

const [address] = process.argv.slice(2);
const server = createServer((request, response) => answer(request, response));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

let answer = (request, response) => {
  answer = made();
  answer(request, response);
};

function made() {
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
    clients: [
      {
        client_id: "cabinet",
        client_secret: "a secret of the tests, long enough",
        redirect_uris: [`${address}/oauth2/callback`],
        post_logout_redirect_uris: [`${address}/oauth2/signed-out`],
        backchannel_logout_uri: `${address}/oauth2/back-channel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    cookies: { keys: ["a key for the cookies of the tests"] },
    // Its own way of asking refuses addresses of this machine.
    fetch: (place, options) => fetch(place, { ...options, dispatcher: undefined }),
    features: { backchannelLogout: { enabled: true } },
    jwks: { keys: [{ ...key, use: "sig", kid: randomUUID() }] },
    pkce: { required: () => true },
  });
  provider.on("server_error", (_, error) => console.error(error));
  provider.on("backchannel.error", (_, error) => console.error(error));
  const callback = provider.callback();
  return (request, response) => {
    if (request.method === "POST" && request.url === "/rotate") {
      answer = made();
      response.end();
    } else {
      callback(request, response);
    }
  };
}
