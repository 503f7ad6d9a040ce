import { describe, expect, it } from 'vitest';
import type { DeviceRights, TopicRule, UsedTopic } from '../../../../shared/api/people.ts';
import { acceptedRules, isDangerous, newProposals, ruleFor } from '../../../../web/pages/device/proposals.ts';

const wide: TopicRule = { access: 'readwrite', filter: '#' };
const state: TopicRule = { access: 'write', filter: 'stat/plug/#' };
const command: TopicRule = { access: 'read', filter: 'cmnd/plug/#' };
const rights = (part: Partial<DeviceRights>): DeviceRights => ({
  rules: [],
  isBlocked: false,
  isWide: false,
  used: [],
  refused: [],
  proposed: [],
  ...part,
});
const wish = (filter: string): UsedTopic => ({ filter, access: 'read', count: 1, lastAtMs: 0 });

describe('proposed rules', () => {
  it('are those that are no rules yet', () => {
    expect(newProposals(rights({ rules: [state], proposed: [state, command] }))).toEqual([command]);
  });

  it('take the place of the wide rule, and of nothing else', () => {
    const denied: TopicRule = { access: 'deny', filter: '#' };
    expect(acceptedRules(rights({ rules: [wide, denied], proposed: [state, command] }))).toEqual([
      denied,
      state,
      command,
    ]);
  });
});

describe('a wish', () => {
  it.each(['#', '+/set', '+', '$SYS/#', '/#', '$share/group/#', '$share/group/+/x'])('%s stays closed', (filter) => {
    expect(isDangerous(wish(filter))).toBe(true);
  });

  it.each(['homeassistant/switch/tv/config', 'tele/+/STATE', '$share/group/tele/#'])('%s can be granted', (filter) => {
    expect(isDangerous(wish(filter))).toBe(false);
  });

  it('is granted as it is, without the group of a shared subscription', () => {
    expect(ruleFor(wish('$share/group/tele/#'))).toEqual({ access: 'read', filter: 'tele/#' });
  });
});
