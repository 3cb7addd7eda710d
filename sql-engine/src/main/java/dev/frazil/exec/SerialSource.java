package dev.frazil.exec;

/** A source of which one operator gives all the rows. */
public final class SerialSource implements BatchSource {
  private final Operator operator;

  public SerialSource(Operator operator) {
    this.operator = operator;
  }

  @Override
  public void prepare() {}

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public Operator worker() {
    return operator;
  }

  @Override
  public void stop() {}

  @Override
  public void close() {
    operator.close();
  }
}
