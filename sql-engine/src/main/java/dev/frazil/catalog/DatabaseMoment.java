package dev.frazil.catalog;

/** A moment of a database that a statement names. */
public sealed interface DatabaseMoment {

  /** As the statement has it. */
  String text();

  /**
   * The state that stood at a time.
   *
   * @param micros since the epoch
   */
  record AtTime(long micros, String text) implements DatabaseMoment {}

  /** The state that a version of the root was. */
  record AtVersion(long version) implements DatabaseMoment {
    @Override
    public String text() {
      return "version " + version;
    }
  }
}
