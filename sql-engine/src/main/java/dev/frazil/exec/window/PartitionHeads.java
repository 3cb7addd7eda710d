package dev.frazil.exec.window;

import dev.frazil.exec.BatchSource;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PhysicalNode.Window;

/**
 * The input of a window of which only the first rows of each partition are wanted: each worker
 * drops rows that cannot be among them.
 */
final class PartitionHeads implements BatchSource {
  private final Window node;
  private final BatchSource input;
  private final QueryContext context;
  private final int heldRows;

  /**
   * @param node with a head
   * @param heldRows rows that a worker holds before it first looks for heads
   */
  PartitionHeads(Window node, BatchSource input, QueryContext context, int heldRows) {
    this.node = node;
    this.input = input;
    this.context = context;
    this.heldRows = heldRows;
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public int parallelism() {
    return input.parallelism();
  }

  @Override
  public Operator worker() {
    return new PartitionHeadOperator(node, input.worker(), context, heldRows);
  }

  @Override
  public void stop() {
    input.stop();
  }

  @Override
  public void close() {
    input.close();
  }
}
