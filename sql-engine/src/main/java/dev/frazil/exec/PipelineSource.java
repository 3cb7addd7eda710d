package dev.frazil.exec;

import java.util.function.UnaryOperator;

/** A source whose workers are those of another source with one more operator on top of each. */
public final class PipelineSource implements BatchSource {
  private final BatchSource input;
  private final ForgettingStage stage;
  private final boolean forgets;
  private boolean reuses;

  /**
   * Puts an operator that keeps nothing of a batch when it asks for the next on a worker's rows.
   */
  interface ForgettingStage {
    /**
     * @param input closed by the new operator
     * @param reuses whether nobody keeps anything of the new operator's batches either
     */
    Operator on(Operator input, boolean reuses);
  }

  /**
   * @param stage puts the operator on one worker's rows; the new operator closes its input
   */
  public PipelineSource(BatchSource input, UnaryOperator<Operator> stage) {
    this(input, (rows, reuses) -> stage.apply(rows), false);
  }

  private PipelineSource(BatchSource input, ForgettingStage stage, boolean forgets) {
    this.input = input;
    this.stage = stage;
    this.forgets = forgets;
  }

  /** With a stage that keeps nothing of a batch when it asks for the next one. */
  static PipelineSource forgetting(BatchSource input, ForgettingStage stage) {
    return new PipelineSource(input, stage, true);
  }

  @Override
  public void reuseBatches() {
    if (forgets) {
      reuses = true;
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
    return stage.on(input.worker(), reuses);
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
