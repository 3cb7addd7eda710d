package dev.frazil.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The files under a prefix in the order of their locations, one folder in memory at a time per
 * level. Symbolic links are not followed; files that vanish during the walk are left out.
 */
final class FolderListing implements Iterator<ObjectInfo> {
  private final String prefix;
  private final Deque<Iterator<String>> levels = new ArrayDeque<>();
  private @Nullable ObjectInfo next;

  FolderListing(String prefix) {
    this.prefix = prefix;
    levels.push(entries(prefix.substring(0, prefix.lastIndexOf('/') + 1)).iterator());
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public ObjectInfo next() {
    ObjectInfo result = next;
    if (result == null) {
      throw new NoSuchElementException();
    }
    advance();
    return result;
  }

  private void advance() {
    next = null;
    while (next == null && !levels.isEmpty()) {
      Iterator<String> level = levels.element();
      if (!level.hasNext()) {
        levels.pop();
        continue;
      }
      String entry = level.next();
      if (entry.endsWith("/")) {
        if (entry.startsWith(prefix) || prefix.startsWith(entry)) {
          levels.push(entries(entry).iterator());
        }
      } else if (entry.startsWith(prefix)) {
        next = info(entry);
      }
    }
  }

  /** Names of one folder; folders end with a slash, which gives the order that S3 lists in. */
  private static List<String> entries(String folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of(folder))) {
      for (Path path : stream) {
        String name = path.getFileName().toString();
        if (!name.startsWith(FileObjectStore.HIDDEN_PREFIX)) {
          boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
          names.add(folder + name + (isFolder ? "/" : ""));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw FileFailures.of(e, "list", folder);
    }
    Collections.sort(names);
    return names;
  }

  private static @Nullable ObjectInfo info(String location) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(
              Path.of(location), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? new ObjectInfo(location, attributes.size(), attributes.lastModifiedTime().toMillis())
          : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw FileFailures.of(e, "read", location);
    }
  }
}
