package dev.frazil.exec;

import java.util.function.UnaryOperator;

/** A source whose workers are those of another source with one more operator on top of each. */
public final class PipelineSource implements BatchSource {
  private final BatchSource input;
  private final UnaryOperator<Operator> stage;

  /**
   * @param stage puts the operator on one worker's rows; the new operator closes its input
   */
  public PipelineSource(BatchSource input, UnaryOperator<Operator> stage) {
    this.input = input;
    this.stage = stage;
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
