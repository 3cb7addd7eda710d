package dev.frazil.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A table that is no longer in the database and can be brought back.
 *
 * @param identifier its last name
 * @param pointer its last metadata
 * @param droppedIn the version of the database that did not have it any more
 */
public record DroppedTable(
    TableIdentifier identifier, TablePointer pointer, RootVersion droppedIn) {

  /**
   * The tables that were dropped and not brought back, the last one first; of several drops of one
   * table the last. To be called once for a history.
   *
   * @param wanted by their names and last pointers
   * @param most when so many are found, the search is over
   */
  public static List<DroppedTable> find(
      DatabaseHistory history, BiPredicate<TableIdentifier, TablePointer> wanted, int most) {
    Set<String> known = new HashSet<>();
    history.now().root().relations().values().forEach(pointer -> known.add(pointer.uuid()));
    List<DroppedTable> found = new ArrayList<>();
    history.visit(
        (version, unused) -> {
          version
              .relations()
              .forEach(
                  (identifier, pointer) -> {
                    // What was changed or renamed is known by a later version already.
                    if (pointer != null
                        && known.add(pointer.uuid())
                        && pointer.kind() == TablePointer.Kind.TABLE
                        && wanted.test(identifier, pointer)) {
                      found.add(new DroppedTable(identifier, pointer, version));
                    }
                  });
          return found.size() < most;
        });
    return found;
  }
}
