package dev.frazil.exec;

/** Rows that stand for a node of a plan and are made elsewhere. One thread. */
interface RowSupply {

  /** The rows, once more. */
  BatchSource source();
}
