package dev.frazil.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Changes of folders that have a meaning by themselves, durable on return. Stateless; failures are
 * those of {@link ObjectStore}.
 */
public final class FolderChanges {
  private FolderChanges() {}

  /** Creates a folder and those above it where they are missing. */
  public static void create(Path folder) {
    try {
      Durability.createFolders(folder);
    } catch (IOException e) {
      throw FileFailures.of(e, "write", folder.toString());
    }
  }

  /**
   * Removes a folder that holds nothing, in one step.
   *
   * @return false if something is in it, or it is a link to a folder elsewhere, which is not ours
   *     to take away
   */
  public static boolean removeEmpty(Path folder) {
    if (Files.isSymbolicLink(folder)) {
      return false;
    }
    try {
      Files.deleteIfExists(folder);
      Durability.forceFolder(FileObjectStore.folderOf(folder));
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    } catch (IOException e) {
      throw FileFailures.of(e, "delete", folder.toString());
    }
  }

  /**
   * Gives a folder, with all that is in it, another place, in one step.
   *
   * @return false if it is not there
   */
  public static boolean move(Path folder, Path target) {
    Path above = FileObjectStore.folderOf(target);
    try {
      Durability.createFolders(above);
      Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
      Durability.forceFolder(above);
      Durability.forceFolder(FileObjectStore.folderOf(folder));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw FileFailures.of(e, "move", folder.toString());
    }
  }
}
