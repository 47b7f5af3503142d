import {published} from "./published.js";
import type {Week} from "./types.js";

export const week1: Week = {
  id: "week-1",
  title: "Mathematics for Machine Learning",
  goal: "Rebuild mathematical foundations required for DL, SSL, transformers & advanced optimization.",
  topics: [
    {
      id: "week-1/linear-algebra",
      title: "Linear Algebra",
      points: [
        {text: "Matrix calculus (Jacobian, Hessian)"},
        {text: "Eigendecomposition, SVD"},
        {text: "Vector norms & induced matrix norms"},
        {text: "Quadratic forms"},
        {text: "Vector-Jacobian product (VJP), JVP"}
      ],
      resources: [
        {work: "Matrix Cookbook", part: "Sections: Derivatives, Identities", published: published.matrixCookbook},
        {work: "Deep Learning Book (Goodfellow)", part: "Chapter 2"},
        {work: "CS229 Linear Algebra Review", part: "Entire PDF"}
      ],
      action: "Work through all derivative identities & implement them in Week-1 notebooks.",
      practice: "week1/matrix-calculus"
    },
    {
      id: "week-1/probability-statistics",
      title: "Probability & Statistics",
      points: [
        {text: "PDFs, PMFs, CDFs"},
        {text: "Expectation, variance, covariance matrix"},
        {text: "MLE, MAP"},
        {text: "KL Divergence derivation"},
        {text: "CE–NLL connection"}
      ],
      resources: [
        {work: "All of Statistics (Wasserman)", part: "Chapters 1, 2, 3, 7, 8, 11", published: published.statistics},
        {work: "CS229 Probability Review"}
      ],
      action: "Solve 10–15 exercises from each chapter (summary only in notebook).",
      practice: "week1/exercises-statistics"
    },
    {
      id: "week-1/optimization-theory",
      title: "Optimization Theory",
      points: [
        {text: "Convexity & smoothness"},
        {text: "Gradient descent convergence"},
        {text: "Lagrange multipliers"},
        {text: "Stochastic gradients (variance analysis)"}
      ],
      resources: [
        {work: "Convex Optimization (Boyd)", part: "Chapters 1–4, 9.1–9.3", published: published.boyd},
        {work: "MIT 6.036 Optimization Lectures"}
      ]
    },
    {
      id: "week-1/information-theory",
      title: "Information Theory",
      points: [{text: "Entropy"}, {text: "Cross entropy"}, {text: "Mutual Information"}, {text: "InfoNCE derivation"}],
      resources: [
        {work: "Elements of Information Theory (Cover & Thomas)", part: "Chapters 1–2"},
        {work: "CPC paper", part: "Section: Contrastive Predictive Coding Loss", published: published.cpc}
      ]
    }
  ],
  deliverables: [
    {
      title: "Matrix calculus",
      items: [
        {
          page: "week1/matrix-calculus",
          files: [{name: "matrix_calculus.ipynb", what: "implement by hand"}],
          parts: [
            "Gradient of softmax",
            "Gradient of CE loss",
            "Gradient of quadratic form xᵀAx",
            "Derivative of sigmoid, tanh, GELU"
          ]
        }
      ]
    },
    {
      title: "Probability and KL divergence",
      items: [
        {
          page: "week1/probability-kl",
          files: [{name: "probability_kl.ipynb"}],
          parts: [
            "KL divergence between two Gaussians (derive)",
            "CE = NLL proof (write steps)",
            "MLE of mean & variance for Normal distribution",
            "Bayes rule toy examples"
          ]
        }
      ]
    },
    {
      title: "Optimization algorithms",
      items: [
        {
          page: "week1/optimization-algorithms",
          files: [{name: "optimization_algorithms.ipynb", what: "implement from scratch"}],
          parts: ["GD, SGD, Momentum", "RMSProp", "Adam", "Plot convergence curves on a quadratic bowl & a simple NN"]
        }
      ]
    },
    {
      title: "Mathematics summary",
      items: [
        {
          page: "week1/math-summary",
          files: [{name: "math_summary.pdf"}],
          parts: ["One-page notes (your own summary)."]
        }
      ]
    }
  ]
};
