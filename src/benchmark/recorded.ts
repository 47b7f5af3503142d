import type {Report} from "./report.js";

/** What `npm run bench -- webgpu --record` measured last; it writes this file. */
export const recorded: Report[] = [
  {
    backend:
      "webgpu: as asked, on the software adapter google swiftshader, which is slow; numbers are float32, mixed precision (AMP) is only emulated",
    size: {model: "resnet", width: 64, side: 32, batch: 32},
    rounds: 0,
    load: null,
    contenders: [
      {
        name: "stock tf.layers",
        first: 13902.160000003874,
        times: [],
        load: {dispatches: 1397, bound: 7139397708, uploaded: 158443252, buffers: 208, destroyed: 208, submits: 94},
        losses: [0, 0.000009999999747378752],
        failed: null
      },
      {
        name: "stock plain ops",
        first: 6585.1500000059605,
        times: [],
        load: {dispatches: 1384, bound: 7130536800, uploaded: 158440056, buffers: 245, destroyed: 245, submits: 93},
        losses: [0.000009999999747378752, 0.10000000149011612],
        failed: null
      },
      {
        name: "ours, eager",
        first: 5429.729999996722,
        times: [],
        load: {dispatches: 298, bound: 2357893140, uploaded: 395772, buffers: 9, destroyed: 9, submits: 20},
        losses: [0, 0],
        failed: null
      },
      {
        name: "ours, recorded",
        first: 1465.2749999985099,
        times: [],
        load: {dispatches: 298, bound: 2357893140, uploaded: 393476, buffers: 0, destroyed: 0, submits: 2},
        losses: [0, 0],
        failed: null
      },
      {
        name: "jax-js",
        first: 10046.589999996126,
        times: [],
        load: {dispatches: 591, bound: 2948642164, uploaded: 0, buffers: 65, destroyed: 65, submits: 592},
        losses: [0, 0],
        failed: null
      }
    ],
    where: "npm run bench -- webgpu --rounds 10 --record",
    date: "2026-11-23",
    roofline: null
  },
  {
    backend:
      "webgpu: as asked, on the software adapter google swiftshader, which is slow; numbers are float32, mixed precision (AMP) is only emulated",
    size: {model: "resnet", width: 16, side: 16, batch: 8},
    rounds: 10,
    load: [1.8, 2.03],
    contenders: [
      {
        name: "stock tf.layers",
        first: 8968.364999994636,
        times: [
          2644.265000000596, 2424.1749999970198, 2436.429999999702, 2367.570000000298, 2476.4199999943376,
          2325.1749999970198, 2418.859999999404, 2395.719999998808, 2535.505000002682, 2387.3949999958277
        ],
        load: {dispatches: 1397, bound: 139369548, uploaded: 2580244, buffers: 208, destroyed: 208, submits: 94},
        losses: [2.482968807220459, 0.009977573528885841],
        failed: null
      },
      {
        name: "stock plain ops",
        first: 9581.130000002682,
        times: [
          2588.2450000047684, 2439.545000001788, 2823.314999997616, 2370.35000000149, 2365.015000000596,
          2386.3250000029802, 2432.570000000298, 2410.5800000056624, 2402.234999999404, 2350.195000000298
        ],
        load: {dispatches: 1384, bound: 139193664, uploaded: 2578968, buffers: 245, destroyed: 245, submits: 93},
        losses: [2.3243582248687744, 0.28754425048828125],
        failed: null
      },
      {
        name: "ours, eager",
        first: 4223.729999996722,
        times: [
          231.21000000089407, 239.10000000149012, 215.87999999523163, 219.0949999988079, 202.92000000178814,
          212.75499999523163, 252.6900000050664, 217.97999999672174, 201.79500000178814, 198.8150000050664
        ],
        load: {dispatches: 286, bound: 49566260, uploaded: 27036, buffers: 9, destroyed: 9, submits: 20},
        losses: [2.3251333236694336, 0.2477448582649231],
        failed: null
      },
      {
        name: "ours, recorded",
        first: 316.7699999958277,
        times: [
          207.0949999988079, 195.30499999970198, 203.3449999988079, 196.99000000208616, 190.85999999940395,
          190.30499999970198, 236.22500000149012, 214.01500000059605, 187.78999999910593, 192.14999999850988
        ],
        load: {dispatches: 286, bound: 49566260, uploaded: 24644, buffers: 0, destroyed: 0, submits: 2},
        losses: [2.3251333236694336, 0.2477448582649231],
        failed: null
      },
      {
        name: "jax-js",
        first: 13011.85000000149,
        times: [
          669.8100000023842, 661.3250000029802, 654.3450000062585, 671.2849999964237, 635.5399999991059,
          655.5499999970198, 699.265000000596, 633.7800000011921, 649.7250000014901, 648.125
        ],
        load: {dispatches: 591, bound: 65252884, uploaded: 0, buffers: 65, destroyed: 65, submits: 592},
        losses: [2.2786450386047363, 0.19693365693092346],
        failed: null
      }
    ],
    where: "npm run bench -- webgpu --rounds 10 --record",
    date: "2026-11-23",
    roofline: null
  },
  {
    backend:
      "webgpu: as asked, on the software adapter google swiftshader, which is slow; numbers are float32, mixed precision (AMP) is only emulated",
    size: {model: "vit", width: 64, side: 16, batch: 8},
    rounds: 10,
    load: [2.03, 1.9],
    contenders: [
      {
        name: "stock plain ops",
        first: 8866.094999998808,
        times: [
          1610.625, 1604.2950000017881, 1593.945000000298, 1607.4749999940395, 1559.429999999702, 1516.3299999982119,
          1602.804999999702, 1551.5600000023842, 1516, 1554.6449999958277
        ],
        load: {dispatches: 2014, bound: 97322164, uploaded: 1036780, buffers: 620, destroyed: 620, submits: 135},
        losses: [2.6546287536621094, 0.014383316040039062],
        failed: null
      },
      {
        name: "ours, eager",
        first: 1314.3999999985099,
        times: [
          431.5050000026822, 410.04500000178814, 415.46000000089407, 434.4350000023842, 405.8500000014901,
          396.0899999961257, 416.2150000035763, 382.46000000089407, 394.7199999988079, 413.5899999961257
        ],
        load: {dispatches: 382, bound: 42476052, uploaded: 40184, buffers: 13, destroyed: 13, submits: 26},
        losses: [2.2929489612579346, 1.3651323318481445],
        failed: null
      },
      {
        name: "ours, recorded",
        first: 455.91499999910593,
        times: [
          407.5599999949336, 400.25, 388.57999999821186, 393.67499999701977, 392.8550000041723, 420.55000000447035,
          390.53999999910593, 388.26500000059605, 379.0249999985099, 391.0600000023842
        ],
        load: {dispatches: 382, bound: 42476052, uploaded: 24644, buffers: 0, destroyed: 0, submits: 2},
        losses: [2.2929489612579346, 1.3651323318481445],
        failed: null
      }
    ],
    where: "npm run bench -- webgpu --rounds 10 --record",
    date: "2026-11-23",
    roofline: null
  },
  {
    backend: "wasm: as asked; 2 threads",
    size: {model: "resnet", width: 16, side: 16, batch: 8},
    rounds: 10,
    load: [1.9, 1.83],
    contenders: [
      {
        name: "stock tf.layers",
        first: 413.7849999964237,
        times: [
          171.8149999976158, 170.22500000149012, 155.9050000011921, 167.92500000447035, 169.30000000447035,
          164.17500000447035, 177.02499999850988, 180.19500000029802, 189.61500000208616, 176.72499999403954
        ],
        load: null,
        losses: [2.7752115726470947, 0.009629875421524048],
        failed: null
      },
      {
        name: "stock plain ops",
        first: 303.79500000178814,
        times: [
          164.9699999988079, 154.33000000566244, 177.14999999850988, 160.64999999850988, 156.35999999940395,
          190.75999999791384, 185.67500000447035, 169.3699999973178, 163.17999999970198, 193.45499999821186
        ],
        load: null,
        losses: [2.3243582248687744, 0.2875441312789917],
        failed: null
      },
      {
        name: "ours, eager",
        first: 141.76999999582767,
        times: [
          61.92000000178814, 31.32999999821186, 26.38000000268221, 56.64000000059605, 34.14000000059605,
          52.23499999940395, 35.48999999463558, 37.75499999523163, 32.2149999961257, 40.149999998509884
        ],
        load: null,
        losses: [2.3251333236694336, 0.24769479036331177],
        failed: null
      }
    ],
    where: "npm run bench -- webgpu --rounds 10 --record",
    date: "2026-11-23",
    roofline: null
  }
];
