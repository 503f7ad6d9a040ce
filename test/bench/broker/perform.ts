import type { Worker } from 'node:worker_threads';
import type { Order, Outcome } from './scene.ts';

/** Gives orders to a thread that makes load. */
export const perform = (worker: Worker, order: Order): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    worker.once('message', (answer: { readonly outcome: Outcome } | { readonly error: string }) => {
      if ('outcome' in answer) resolve(answer.outcome);
      else reject(new Error(answer.error));
    });
    worker.postMessage(order);
  });
