package dev.frazil.conformance;

/**
 * One promise of JDBC.
 *
 * @param group what it is about, such as {@code getters}
 * @param name what is tried, unique within the group
 * @param basis where it is promised: "JDBC" and a section or table of the specification, version
 *     4.3, or a type or method of {@code java.sql}, for its Javadoc
 * @param body returns where the promise is kept
 */
public record Check(String group, String name, String basis, Body body) {

  /** Tries one promise. */
  public interface Body {
    /**
     * @throws BrokenPromise where the driver does something else
     * @throws LackingFeature where the database has no such thing
     * @throws java.sql.SQLFeatureNotSupportedException where the driver says that it has no such
     *     thing
     */
    void run(Scene scene) throws Exception;
  }

  /** Group and name. */
  public String title() {
    return group + ": " + name;
  }

  @Override
  public String toString() {
    return title();
  }
}
