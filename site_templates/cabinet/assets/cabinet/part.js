/** Make an element with a class and properties. */
export const part = (name, style, properties = {}) => {
  const element = Object.assign(document.createElement(name), properties);
  if (style) element.className = style;
  return element;
};
