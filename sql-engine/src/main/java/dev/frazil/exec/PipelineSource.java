package dev.frazil.exec;

import java.util.function.UnaryOperator;

/** A source whose workers are those of another source with one more operator on top of each. */
public final class PipelineSource implements BatchSource {
  private final BatchSource input;
  private final UnaryOperator<Operator> stage;
  private final boolean forgets;

  /**
   * @param stage puts the operator on one worker's rows; the new operator closes its input
   */
  public PipelineSource(BatchSource input, UnaryOperator<Operator> stage) {
    this(input, stage, false);
  }

  private PipelineSource(BatchSource input, UnaryOperator<Operator> stage, boolean forgets) {
    this.input = input;
    this.stage = stage;
    this.forgets = forgets;
  }

  /** With a stage that keeps nothing of a batch when it asks for the next one. */
  static PipelineSource forgetting(BatchSource input, UnaryOperator<Operator> stage) {
    return new PipelineSource(input, stage, true);
  }

  @Override
  public void reuseBatches() {
    if (forgets) {
      input.reuseBatches();
    }
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
    return stage.apply(input.worker());
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
