package dev.frazil.catalog;

import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A place in the queue for some tables, which a writer that came second takes in the root: writers
 * of other processes let it go first. A courtesy with an end, and no lock: the safety of commits
 * rests on the swap of the root alone.
 *
 * @param id unique to the claim
 * @param tables what the writer changes or relies on
 * @param leaseMillis how long others wait for it once it is its turn
 */
public record TableClaim(String id, Set<TableIdentifier> tables, long leaseMillis) {
  /** Nobody is waited for longer, whatever a claim says. */
  static final long MAX_LEASE_MILLIS = 60_000;

  public TableClaim {
    tables = Set.copyOf(tables);
  }

  boolean overlaps(Set<TableIdentifier> others) {
    return others.stream().anyMatch(tables::contains);
  }
}
