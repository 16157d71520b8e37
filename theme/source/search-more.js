// What the search says beside its first answers; loaded when the box is touched.
export { isForeign, isGuess, suggestion } from "./understand.js";
