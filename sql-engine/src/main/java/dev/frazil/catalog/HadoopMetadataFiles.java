package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata files of a Hadoop warehouse. Their names are not used once: a table that is dropped
 * and made anew begins with {@code v1} again, and Iceberg's own writer may rename over a version.
 * So what is kept in memory is kept for a file, not for a name. Thread-safe.
 */
final class HadoopMetadataFiles {
  private static final long MAX_BYTES = 256L << 20;
  private static final int PARSED_TO_JSON = 2;

  /** Iceberg writes the uuid as the second field. */
  private static final int HEAD_BYTES = 512;

  private static final Pattern UUID =
      Pattern.compile("\"table-uuid\"\\s*:\\s*\"([0-9A-Za-z-]{1,64})\"");

  private static final Logger LOGGER = LoggerFactory.getLogger(HadoopMetadataFiles.class);

  private final ObjectStore store;
  private final ObjectCache<Kept> kept = new ObjectCache<>(ObjectCache.shareOfHeap());
  private final Map<String, Identified> uuids = new ConcurrentHashMap<>();

  /** Of metadata that somebody holds; its equality is that of the object. */
  private final Map<TableMetadata, String> tags = Collections.synchronizedMap(new WeakHashMap<>());

  /** What tells one file from another one of the same name. */
  private record Identity(String location, @Nullable Object key, long size, long modifiedNanos) {}

  private record Identified(Identity identity, String uuid) {}

  private record Kept(Identity identity, TableMetadata metadata, String entityTag) {}

  /** A parsed file, and the tag of its bytes. */
  record Read(TableMetadata metadata, String entityTag) {}

  HadoopMetadataFiles(ObjectStore store) {
    this.store = store;
  }

  /** The metadata in a file; XX001 where it is not a table's metadata. */
  Read read(String location) {
    Identity identity = identity(location);
    Kept known = kept.find(location);
    if (known != null && known.identity().equals(identity)) {
      return new Read(known.metadata(), known.entityTag());
    }
    if (!(store.fetch(location, null, MAX_BYTES) instanceof FetchOutcome.Fetched fetched)) {
      throw new NotFoundException("File does not exist: %s", location);
    }
    TableMetadataFiles.Parsed parsed = TableMetadataFiles.parsed(location, fetched.body());
    keep(location, identity, parsed.metadata(), fetched.entityTag(), parsed.jsonBytes());
    return new Read(parsed.metadata(), fetched.entityTag());
  }

  /** The tag of the bytes that metadata was read from; null where it was not read here. */
  @Nullable String tag(TableMetadata metadata) {
    return tags.get(metadata);
  }

  /** The metadata in a file if it is in memory. */
  @Nullable TableMetadata known(String location) {
    Kept known = kept.find(location);
    return known != null
            && Files.exists(path(location))
            && known.identity().equals(identity(location))
        ? known.metadata()
        : null;
  }

  /** Takes over what has just been written. */
  void written(TableMetadata metadata, String entityTag, long jsonBytes) {
    String location = metadata.metadataFileLocation();
    try {
      keep(location, identity(location), metadata, entityTag, jsonBytes);
    } catch (NotFoundException e) {
      LOGGER.debug("{} is gone as soon as it was written", location, e);
    }
  }

  private void keep(
      String location, Identity identity, TableMetadata metadata, String tag, long jsonBytes) {
    tags.put(metadata, tag);
    kept.keep(
        location,
        new Kept(identity, metadata, tag),
        Math.min(PARSED_TO_JSON * jsonBytes, kept.maxBytes() / 2));
  }

  /** The identity of the table that a file is of; its folder where the file names none. */
  String uuid(String location) {
    String folder = String.valueOf(path(location).getParent());
    Identity identity = identity(location);
    Identified known = uuids.get(folder);
    if (known == null || !known.identity().equals(identity)) {
      known = new Identified(identity, readUuid(location, folder));
      uuids.put(folder, known);
    }
    return known.uuid();
  }

  private String readUuid(String location, String folder) {
    try (InputStream bytes = Files.newInputStream(path(location));
        InputStream json = location.contains(".gz") ? new GZIPInputStream(bytes) : bytes) {
      String head = new String(json.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      Matcher uuid = UUID.matcher(head);
      if (uuid.find()) {
        return uuid.group(1);
      }
      String parsed = read(location).metadata().uuid();
      return parsed == null ? folder : parsed;
    } catch (IOException | EngineException e) {
      // Listing the tables is no reason to fail for one of them: whoever reads that one will.
      LOGGER.debug("the uuid of the table of {} is not known", location, e);
      return folder;
    }
  }

  private static Identity identity(String location) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path(location), BasicFileAttributes.class);
      return new Identity(
          location,
          attributes.fileKey(),
          attributes.size(),
          attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new NotFoundException(e, "File does not exist: %s", location);
    } catch (IOException e) {
      throw new EngineException(
          SqlState.IO_ERROR, "the metadata file " + location + " cannot be read", e);
    }
  }

  private static Path path(String location) {
    return Path.of(location);
  }
}
