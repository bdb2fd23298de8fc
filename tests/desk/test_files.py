"""For those who like files: what lies there, how it came about, and tokens for Git."""

from __future__ import annotations

ANNA = "bcdfghjkmn"


def test_files_are_shown_as_they_lie_there_with_their_history(house):
    page = house.anna().look("/desk/edit/about/")
    page.send(button=("do", "send"), body="Люблю солнечные сады.").send(declared="1")
    page.look("/desk/files/")
    assert "works/dvor/plan.png" in page.text
    page.look("/desk/files/about.md")

    assert "Люблю солнечные сады." in page.text
    assert "<del>тенистые</del>" in page.html
    assert "<ins>солнечные</ins>" in page.html
    page.look("/desk/files/works/dvor/secret.md", status=404)
    page.look("/desk/files/../../etc/passwd", status=404)


def test_a_token_is_shown_once_and_can_be_revoked(house):
    page = house.anna().look("/desk/tokens/")
    page.send(status=422)
    assert "Напишите, для чего ключ" in page.text
    page.send(label="Ноутбук <b>", days="90")

    assert "Скопируйте его сейчас" in page.text
    assert "Ноутбук &lt;b&gt;" in page.html
    (token,) = house.workplace.ledger.tokens.of_account(ANNA)
    secret = page.html.split('tabindex="0">')[2].split("<")[0]
    standing = house.workplace.ledger.token_standing(secret, ANNA, house.clock())
    assert standing.visitor.account == ANNA
    page.look("/desk/tokens/")
    assert secret not in page.html
    page.send(revoke=token.id)
    assert "Ключ больше не действует" in page.text
    assert house.workplace.ledger.tokens.of_account(ANNA) == ()
