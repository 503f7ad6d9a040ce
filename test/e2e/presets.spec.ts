import { testHouse, testTile } from '../support/house.ts';
import { expect, said, test, tile } from './kachel-test.ts';

const house = testHouse([
  testTile(
    'dimmer',
    'light',
    {
      power: { type: 'boolean', stateTopic: 'dimmer/state', commandTopic: 'dimmer/set' },
      brightness: { type: 'number', stateTopic: 'dimmer/level', commandTopic: 'dimmer/level/set', min: 0, max: 100 },
    },
    { title: 'Reading lamp' },
  ),
]);

test('what a lamp shows is kept as a preset, renamed and removed, for everybody', async ({
  page,
  device,
  arrange,
  open,
  openElsewhere,
}) => {
  await arrange(house);
  await device.publish('dimmer/state', 'ON', { retain: true });
  await device.publish('dimmer/level', '37', { retain: true });
  await open('/room/living');
  const details = page.getByRole('dialog', { name: 'Reading lamp' });
  await tile(page, 'dimmer').getByRole('switch').press('Enter');
  await details.getByRole('button', { name: 'Edit presets' }).click();
  const editor = page.getByRole('dialog', { name: 'Presets' });
  await editor.getByRole('button', { name: 'Keep what the lamp shows now' }).click();
  await editor.getByLabel('Name of preset 6').fill('');
  await editor.getByRole('button', { name: 'Save presets' }).click();
  await expect(said(page, 'Every preset needs a name.')).toBeVisible();
  await editor.getByLabel('Name of preset 6').fill('Cosy');
  await editor.getByRole('button', { name: 'Remove Night' }).click();
  await editor.getByRole('button', { name: 'Save presets' }).click();
  await expect(editor).toBeHidden();
  await expect(details.getByRole('button', { name: 'Cosy' })).toHaveAttribute('aria-pressed', 'true');
  await expect(details.getByRole('button', { name: 'Night' })).toHaveCount(0);

  const other = await openElsewhere('/room/living');
  await tile(other, 'dimmer').getByRole('switch').press('Enter');
  await device.subscribe('dimmer/level/set');
  await device.publish('dimmer/level', '80', { retain: true });
  await other.getByRole('button', { name: 'Cosy' }).click();
  expect((await device.next(({ topic }) => topic === 'dimmer/level/set')).text).toBe('37');
});
