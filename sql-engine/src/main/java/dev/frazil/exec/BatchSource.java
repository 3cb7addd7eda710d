package dev.frazil.exec;

/**
 * A sub-plan whose rows can be pulled by several threads at once (morsel-driven parallelism, Leis
 * et al., SIGMOD 2014): each thread pulls its own {@link Operator}, and the operators share the
 * work that is left. Every row comes out of exactly one of them.
 *
 * <p>Life: {@link #prepare()} once, then {@link #worker()} as often as {@link #parallelism()} says,
 * all by one thread and before the first batch is pulled; then each worker by its own thread;
 * {@link #close()} when no thread pulls any more.
 */
public interface BatchSource extends AutoCloseable {

  /** Does what must be complete before rows flow: plans files, builds join tables. */
  void prepare();

  /**
   * Lets the batches of a worker take the arrays of the batch before: whoever pulls keeps nothing
   * of a batch when it asks for the next one. After {@link #prepare()}, before the first {@link
   * #worker()}. A promise, not a demand: sources that make nothing of it do nothing.
   */
  default void reuseBatches() {}

  /** How many threads pay off, at least 1; valid after {@link #prepare()}. */
  int parallelism();

  /** One share of the rows. Whoever pulls it closes it. */
  Operator worker();

  /** Lets the workers come to their end soon, without their remaining rows; from any thread. */
  void stop();

  /** Frees what the workers shared; at any point, twice, and from a failed state. */
  @Override
  void close();
}
