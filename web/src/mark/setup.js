// What else a marks file says: planes, lanes, camera, gun. A form made from a table.
import {tableNode} from './table.js';

const LANE_M = 1.22,
    LANE_MAX = 20;
const FIELDS = [
    ['finish_x_m', 'mark.finish_x_m', '0.01'],
    ['capture_fps', 'mark.capture_fps', '1'],
    ['focal_px', 'mark.focal_px', '1'],
    ['k1', 'mark.k1', '0.001'],
    ['k2', 'mark.k2', '0.001'],
    ['readout_s', 'mark.readout_s', '0.0001'],
    ['gun_distance_m', 'mark.gun_distance_m', '0.1'],
    ['gun_distance_sigma_m', 'mark.gun_distance_sigma_m', '0.1'],
    ['temp_c', 'mark.temp_c', '0.5'],
    ['temp_sigma_c', 'mark.temp_sigma_c', '0.5'],
    ['av_offset_s', 'mark.av_offset_s', '0.001'],
    ['av_offset_sigma_s', 'mark.av_offset_sigma_s', '0.001'],
];

/** New content for a form; who is in one of its fields stays there, with what is typed so far. */
function refill(box, ...children) {
    const list = () => [...box.querySelectorAll('input, select, button')];
    const was = document.activeElement,
        i = list().indexOf(was);
    const typed =
        i >= 0 && was.tagName === 'INPUT' && was.value !== was.defaultValue ? was.value : null;
    box.replaceChildren(...children);
    const now = i >= 0 ? list()[i] : null;
    if (!now) return;
    now.focus({preventScroll: true});
    if (typed !== null && now.tagName === 'INPUT') now.value = typed;
}

/** @param {import('../context.js').Context} ctx @param {import('./store.js').Store} store */
export function setupForm(ctx, store) {
    const {el, w} = ctx;
    const set = (key, v) =>
        store.change('marks', '', () => {
            if (v === null) delete store.marks[key];
            else store.marks[key] = v;
        });
    const number = (value, step, name, fn) =>
        el('input', {
            type: 'number',
            step,
            inputmode: 'decimal',
            value,
            'aria-label': name,
            onchange: (e) => fn(e.target.value === '' ? null : +e.target.value),
        });
    const body = el('div');

    function laneRow(lane, i) {
        const lanes = store.marks.lanes;
        const put = (key) => (v) =>
            store.change('marks', '', () => {
                lanes[i][key] = v ?? 0;
            });
        return el(
            'tr',
            {},
            el('th', {scope: 'row'}, lane.lane),
            el(
                'td',
                {},
                el('input', {
                    type: 'text',
                    dir: 'auto',
                    maxlength: 200,
                    value: lane.name || '',
                    'aria-label': w('mark.who', lane.lane),
                    onchange: (e) =>
                        store.change('marks', '', () => {
                            lanes[i].name = e.target.value;
                        }),
                })
            ),
            el(
                'td',
                {},
                number(lane.from_y_m, '0.01', w('mark.from_y', lane.lane), put('from_y_m'))
            ),
            el('td', {}, number(lane.to_y_m, '0.01', w('mark.to_y', lane.lane), put('to_y_m'))),
            el(
                'td',
                {},
                el(
                    'button',
                    {
                        type: 'button',
                        'aria-label': w('mark.remove_lane', lane.lane),
                        onclick: () => store.change('marks', '', () => lanes.splice(i, 1)),
                    },
                    '✕'
                )
            )
        );
    }

    function addLane() {
        const lanes = store.marks.lanes,
            last = lanes[lanes.length - 1];
        const lane = last ? last.lane + 1 : 1,
            from_y_m = last ? last.to_y_m : 0;
        if (lane <= LANE_MAX)
            store.change('marks', '', () =>
                lanes.push({lane, from_y_m, to_y_m: +(from_y_m + LANE_M).toFixed(3)})
            );
    }

    function fill() {
        const m = store.marks;
        const gates = el('input', {
            type: 'text',
            inputmode: 'decimal',
            value: m.gates_x_m.join(' '),
            onchange: (e) =>
                set(
                    'gates_x_m',
                    [
                        ...new Set(
                            e.target.value
                                .split(/[\s;]+/)
                                .filter(Boolean)
                                .map((t) => +t.replace(',', '.'))
                                .filter(Number.isFinite)
                        ),
                    ].sort((a, b) => a - b)
                ),
        });
        const readout = el(
            'select',
            {onchange: (e) => set('readout', e.target.value)},
            ...['down', 'up', 'right', 'left'].map((way) =>
                el(
                    'option',
                    {value: way, selected: (m.readout || 'down') === way},
                    w(`mark.readout_${way}`)
                )
            )
        );
        refill(
            body,
            el(
                'div',
                {class: 'mk-fields'},
                ...FIELDS.map(([key, name, step]) =>
                    el(
                        'label',
                        {},
                        w(name),
                        number(m[key] ?? '', step, w(name), (v) => set(key, v))
                    )
                ),
                el('label', {}, w('mark.gates'), gates),
                el('label', {}, w('mark.readout'), readout)
            ),
            tableNode(
                w,
                'mark.lanes',
                ['mark.lane', 'mark.name', 'mark.from_m', 'mark.to_m', ''],
                el('tbody', {}, ...m.lanes.map(laneRow))
            ),
            el('button', {type: 'button', onclick: addLane}, w('mark.add_lane'))
        );
    }

    const node = el('details', {class: 'mk-setup'}, el('summary', {}, w('mark.setup')), body);
    fill();
    let waiting = 0;
    /* when the focus has gone where it goes */
    const show = () => {
        clearTimeout(waiting);
        waiting = setTimeout(fill, 0);
    };
    return {node, show};
}
