/** Results on CIFAR-10 that others have published; none of them was measured here. */
export interface PublishedRow {
  network: string;
  budget: string;
  knn: string;
  linear: string;
  source: string;
}

/** kNN accuracy in percent of MoCo, full-width ResNet-18, τ = 0.1, K = 4096, as its authors' CIFAR-10 notebook printed it. */
export const mocoCurve: [epoch: number, percent: number][] = [
  [1, 31.98],
  [5, 37.95],
  [10, 48.03],
  [20, 61.38],
  [30, 67.05],
  [40, 71.32],
  [50, 73.3],
  [60, 75.0],
  [80, 77.09],
  [100, 78.06],
  [150, 81.18],
  [200, 82.58]
];

const lightly = "lightly, benchmarks: k = 200, τ = 0.1, best epoch";
const solo = "solo-learn, README";

export const published: Record<"simclr" | "moco" | "dino", PublishedRow[]> = {
  simclr: [
    {network: "ResNet-18", budget: "100 epochs, batch 512, 20 min on an A100", knn: "83.2 ± 0.2", linear: "85.6 ± 0.2", source: "dkobak/simclr-cifar10"},
    {network: "ResNet-18", budget: "500 epochs, batch 512, 1 h 39 min", knn: "90.3", linear: "–", source: "dkobak/simclr-cifar10"},
    {network: "ResNet-18", budget: "1,000 epochs, batch 512", knn: "91.4", linear: "91.7", source: "dkobak/simclr-cifar10"},
    {network: "ResNet-18", budget: "200 epochs, batch 128, 97.7 min on an A6000", knn: "84.7", linear: "–", source: lightly},
    {network: "ResNet-18", budget: "800 epochs, batch 512", knn: "87.9", linear: "–", source: lightly},
    {network: "ResNet-18", budget: "1,000 epochs", knn: "–", linear: "90.74", source: solo}
  ],
  moco: [
    {network: "ResNet-18", budget: "200 epochs, batch 512", knn: "82.6", linear: "–", source: "the authors' CIFAR-10 notebook"},
    {network: "ResNet-18", budget: "800 epochs, batch 512", knn: "88.7", linear: "–", source: "the authors' CIFAR-10 notebook"},
    {network: "ResNet-18, symmetric loss", budget: "800 epochs, batch 512", knn: "89.7", linear: "90.7", source: "the authors' CIFAR-10 notebook"},
    {network: "ResNet-18", budget: "200 epochs, batch 128", knn: "83.8", linear: "–", source: lightly},
    {network: "ResNet-18, v2+", budget: "1,000 epochs", knn: "–", linear: "92.94", source: solo}
  ],
  dino: [
    {network: "ResNet-18", budget: "200 epochs, batch 128", knn: "84.0", linear: "–", source: lightly},
    {network: "ResNet-18", budget: "800 epochs, batch 512", knn: "84.8", linear: "–", source: lightly},
    {network: "ResNet-18, 4,096 prototypes, LARS", budget: "1,000 epochs", knn: "–", linear: "89.52", source: solo}
  ]
}; // prettier-ignore
