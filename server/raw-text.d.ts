/** The text of a file. */
declare module '*?raw' {
  const text: string;
  export { text as default };
}
