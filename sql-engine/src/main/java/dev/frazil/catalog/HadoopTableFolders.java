package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FolderChanges;
import dev.frazil.storage.Ids;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The folders of a Hadoop warehouse: a schema and a table are folders of their names. What is
 * dropped is moved into the folder {@value #DROPPED}, whole and in one step.
 */
final class HadoopTableFolders {
  /** Begins with a dot, so that it is no schema. */
  static final String DROPPED = ".frazil-dropped";

  private final Path warehouse;
  private final Ids ids;

  HadoopTableFolders(Path warehouse, Ids ids) {
    this.warehouse = warehouse;
    this.ids = ids;
  }

  /** Where a new table of that name stands; 0A000 for a name that is none of a folder. */
  Path of(TableIdentifier identifier) {
    return of(identifier.namespace()).resolve(checked(identifier.name()));
  }

  /** Where a schema of that name stands. */
  Path of(Namespace namespace) {
    Path folder = warehouse;
    for (String level : namespace.levels()) {
      folder = folder.resolve(checked(level));
    }
    return folder;
  }

  private static String checked(String name) {
    boolean plain =
        !name.isEmpty()
            && !name.startsWith(".")
            && !name.equals("metadata")
            && name.codePoints().noneMatch(c -> c < ' ' || "/\\:*?\"<>|%#".indexOf(c) >= 0)
            && name.equals(name.strip());
    if (!plain) {
      throw EngineException.unsupported(
          "the name '" + name + "' in a Hadoop warehouse, where it is the name of a folder,");
    }
    return name;
  }

  void create(Namespace namespace) {
    FolderChanges.create(of(namespace));
  }

  /** Takes an empty folder away; 2BP01 where something is in it. */
  void drop(Namespace namespace) {
    Path folder = of(namespace);
    if (!FolderChanges.removeEmpty(folder)) {
      throw new EngineException(
          SqlState.DEPENDENT_OBJECTS_EXIST,
          "the folder " + folder + " of the schema " + namespace + " is not empty, or a link");
    }
  }

  /**
   * Takes a table away.
   *
   * @return false if its folder is gone
   */
  boolean drop(TableIdentifier identifier, Path tableFolder) {
    String name =
        String.join(".", List.of(identifier.namespace().levels()))
            + "."
            + identifier.name()
            + "-"
            + ids.hex(10);
    return FolderChanges.move(tableFolder, warehouse.resolve(DROPPED).resolve(name));
  }
}
