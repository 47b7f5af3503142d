/** A test accuracy on CIFAR-10 that others have published; none of them was measured here. */
export interface PublishedResult {
  network: string;
  accuracy: string;
  budget: string;
  source: string;
}

/** From the paper to today's records, the budget where it is given. */
export const published: PublishedResult[] = [
  {
    network: "ResNet-20 / 56 / 110 of the paper's section 4.2",
    accuracy: "91.25 / 93.03 / 93.57 %",
    budget: "64,000 steps of 128",
    source: "ResNet paper, Table 6 (8.75 / 6.97 / 6.43 % error)"
  },
  {network: "ResNet-18", accuracy: "93.02 %", budget: "not given", source: "kuangliu/pytorch-cifar, README"},
  {
    network: "ResNet-18, pre-activation",
    accuracy: "95.11 %",
    budget: "not given",
    source: "kuangliu/pytorch-cifar, README"
  },
  {
    network: "ResNet-18, “standard” recipe",
    accuracy: "96.0 %",
    budget: "32.3 PFLOP, 7 min on an A100",
    source: "KellerJordan/cifar10-airbench, README"
  },
  {
    network: "airbench94, a small net made for speed",
    accuracy: "94.01 % (mean of 1,000)",
    budget: "0.36 PFLOP, 3.83 s on an A100",
    source: "cifar10-airbench, legacy/airbench94.py"
  },
  {
    network: "airbench94 with Muon",
    accuracy: "94.01 %",
    budget: "0.29 PFLOP, 2.59 s on an A100",
    source: "cifar10-airbench, README"
  }
];
