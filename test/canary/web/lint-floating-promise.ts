// canary: @typescript-eslint/no-floating-promises as web/app/context.ts
const later = async (): Promise<void> => {};
later();
export {};
