import { beforeEach, describe, expect, it } from 'vitest';
import { keptProofMs, proofMs, type PinProof } from '../../../../shared/api/pin.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Failure } from '../../../../web/app/failure.ts';
import { PinQuestions } from '../../../../web/app/pin-question.svelte.ts';
import { PinEntry } from '../../../../web/pages/pin/pin-entry.svelte.ts';
import { lamp } from '../../../support/house.ts';

describe('the pad', () => {
  let nowMs: number;
  let questions: PinQuestions;
  let posted: unknown[];
  let answer: (reply: Result<PinProof, Failure>) => void;
  let sent: number;
  let entry: PinEntry;
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const ask = (): boolean =>
    questions.ask({ tile: lamp(), role: 'power', value: true, send: () => void sent++, drop: () => undefined }, false);
  const type = (digits: string): void => [...digits].forEach((digit) => entry.add(digit));
  const reply = async (result: Result<PinProof, Failure>): Promise<void> => {
    answer(result);
    await settled();
  };

  beforeEach(() => {
    nowMs = 1_000;
    questions = new PinQuestions(() => nowMs);
    posted = [];
    sent = 0;
    entry = new PinEntry({
      api: {
        post: <T>(_path: string, body?: unknown) => {
          posted.push(body);
          return new Promise<Result<T, Failure>>((resolve) => {
            answer = resolve as typeof answer;
          });
        },
      },
      questions,
      length: () => 4,
      monotonicMs: () => nowMs,
    });
    ask();
  });

  it('sends with the last digit, and the command goes out when it was right', async () => {
    type('258');
    expect(posted).toEqual([]);
    entry.erase();
    type('80');
    expect(posted).toEqual([{ tileIds: ['lamp'], pin: '2580' }]);
    expect(sent).toBe(0);
    await reply(ok({ validMs: proofMs }));
    expect([sent, questions.asked]).toEqual([1, []]);
    expect(ask()).toBe(true);
  });

  it('sends nothing when it was wrong, and begins anew', async () => {
    type('1111');
    await reply(fail({ code: 'wrong-pin', message: '', params: { left: 4 } }));
    expect([sent, entry.digits, entry.failure?.code]).toEqual([0, '', 'wrong-pin']);
    expect(entry.lockedUntilMs).toBeUndefined();
    expect(questions.asked).toHaveLength(1);
  });

  it('takes no digit while one is checked', () => {
    type('25801');
    expect(posted).toHaveLength(1);
    expect(entry.digits).toBe('2580');
  });

  it('says until when it is locked', async () => {
    type('1111');
    await reply(fail({ code: 'pin-locked', message: '', params: { untilMs: 99_000 } }));
    expect(entry.lockedUntilMs).toBe(99_000);
  });

  it('sends nothing when somebody closed it meanwhile', async () => {
    type('2580');
    questions.close();
    await reply(ok({ validMs: proofMs }));
    expect(sent).toBe(0);
  });

  it('asks once for all that was meant together', async () => {
    const dropped: string[] = [];
    const also = (id: string): boolean =>
      questions.ask(
        { tile: lamp({ id }), role: 'power', value: false, send: () => void sent++, drop: () => void dropped.push(id) },
        false,
      );
    also('heater');
    type('2580');
    // Came while it was checked: that one still waits.
    also('door');
    await reply(ok({ validMs: proofMs }));
    expect(posted).toEqual([{ tileIds: ['lamp', 'heater'], pin: '2580' }]);
    expect([sent, questions.asked.map(({ tile }) => tile.id)]).toEqual([2, ['door']]);
    also('fan');
    questions.close();
    expect([sent, dropped]).toEqual([2, ['door', 'fan']]);
  });

  it('says nothing of a single thing when it is closed', () => {
    const dropped: string[] = [];
    questions.close();
    questions.ask(
      { tile: lamp(), role: 'power', value: true, send: () => void sent++, drop: () => void dropped.push('lamp') },
      false,
    );
    questions.close();
    expect([sent, dropped]).toEqual([0, []]);
  });

  it('does not ask again for as long as the server said, counted from before the question', async () => {
    entry.isKept = true;
    type('2580');
    nowMs += 3_000;
    await reply(ok({ validMs: keptProofMs }));
    expect(posted).toEqual([{ tileIds: ['lamp'], pin: '2580', keep: true }]);
    nowMs = 1_000 + keptProofMs - 1;
    expect(ask()).toBe(false);
    nowMs += 1;
    expect(ask()).toBe(true);
  });

  it('asks again where the server keeps nothing', async () => {
    entry.isKept = true;
    type('2580');
    await reply(ok({ validMs: proofMs }));
    expect(ask()).toBe(true);
  });
});
