// Stretches sound beside the page: {left, right} once, then {speed} as often as is asked.
import {stretch} from './stretch.js';

let sound = null;

onmessage = ({data}) => {
    if (data.left)
        sound = {left: data.left, right: data.right};
    if (!data.speed || !sound)
        return;
    const made = stretch(sound.left, sound.right, data.speed);
    postMessage({speed: data.speed, ...made}, [made.left.buffer, made.right.buffer]);
};
