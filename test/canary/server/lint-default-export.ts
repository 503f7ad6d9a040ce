// canary: no-restricted-syntax as server/config.ts
const answer = 42;
export default answer;
