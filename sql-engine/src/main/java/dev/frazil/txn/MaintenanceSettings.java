package dev.frazil.txn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;

/**
 * What the properties of a table say about maintenance that rides on commits; see
 * docs/adr/maintenance-rides-on-commits.md.
 *
 * @param enabled off for tables that do not say so: other engines made them
 * @param budgetMillis for so long at most a commit that has succeeded keeps its caller waiting
 * @param budgetBytes so much is read at most
 * @param maxSnapshots older ones go, where the table does not say by age which do
 */
public record MaintenanceSettings(
    boolean enabled, long budgetMillis, long budgetBytes, int maxSnapshots) {
  /** Whether commits of Frazil maintain the table; set to true in the tables that it makes. */
  public static final String ENABLED = "write.frazil.auto-maintain";

  /** See {@link #budgetMillis}. */
  public static final String BUDGET_MILLIS = "write.frazil.auto-maintain.budget-millis";

  /** See {@link #budgetBytes}. */
  public static final String BUDGET_BYTES = "write.frazil.auto-maintain.budget-bytes";

  /** See {@link #maxSnapshots}. */
  public static final String MAX_SNAPSHOTS = "write.frazil.auto-maintain.max-snapshots";

  private static final long DEFAULT_MILLIS = 1_000;
  private static final long DEFAULT_BYTES = 32L << 20;
  private static final int DEFAULT_SNAPSHOTS = 2_000;

  /** Those of a table; a value that is no number is as none. */
  public static MaintenanceSettings of(TableMetadata metadata) {
    Map<String, String> properties = metadata.properties();
    return new MaintenanceSettings(
        Boolean.parseBoolean(properties.getOrDefault(ENABLED, "false")),
        whole(properties, BUDGET_MILLIS, DEFAULT_MILLIS),
        whole(properties, BUDGET_BYTES, DEFAULT_BYTES),
        (int) Math.min(Integer.MAX_VALUE, whole(properties, MAX_SNAPSHOTS, DEFAULT_SNAPSHOTS)));
  }

  /** Whether the age of snapshots is the table's own, so that their number is not looked at. */
  public static boolean saysAge(TableMetadata metadata) {
    return metadata.properties().containsKey(TableProperties.MAX_SNAPSHOT_AGE_MS);
  }

  /** The properties of a table that is made here. */
  static Map<String, String> withDefault(Map<String, String> properties) {
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.putIfAbsent(ENABLED, "true");
    return all;
  }

  /** The commit that was asked for stands whatever these properties hold. */
  static long whole(Map<String, String> properties, String name, long otherwise) {
    String text = properties.getOrDefault(name, "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
  }
}
