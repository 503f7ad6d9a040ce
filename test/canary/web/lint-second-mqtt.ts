// canary: no-restricted-imports as web/app/context.ts
import { connect } from 'mqtt';
export const link = connect('ws://localhost');
