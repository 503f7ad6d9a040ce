import { makeEngine } from '../support/engine.ts';
import { describeEngine } from './engine.ts';

/* Brokers that stand behind the contract; another one is one more line. */
describeEngine('our own engine', (rules) => makeEngine(rules));
