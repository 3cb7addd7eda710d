package dev.frazil.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The objects of one bucket of the S3 test server, in memory. Thread-safe. */
final class S3Bucket {
  private static final long RACE_WINDOW_MILLIS = 15;
  private static final Comparator<String> BYTE_ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  /** One version of an object; a delete marker has no body. */
  record Version(String id, byte @Nullable [] body, String entityTag, Instant modified) {
    boolean deleted() {
      return body == null;
    }
  }

  /** An upload under way. */
  record Upload(String key, NavigableMap<Integer, byte[]> parts) {}

  private final String name;
  private final String region;
  private final boolean versioned;
  private final boolean readOnly;
  private final S3Conduct conduct;
  private final ServerFaults faults;
  private final NavigableMap<String, List<Version>> objects = new TreeMap<>(BYTE_ORDER);
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  S3Bucket(
      String name,
      String region,
      boolean versioned,
      boolean readOnly,
      S3Conduct conduct,
      ServerFaults faults) {
    this.faults = faults;
    this.name = name;
    this.region = region;
    this.versioned = versioned;
    this.readOnly = readOnly;
    this.conduct = conduct;
  }

  private Instant now() {
    return Instant.now().plus(faults.clockAhead());
  }

  String name() {
    return name;
  }

  String region() {
    return region;
  }

  boolean readOnly() {
    return readOnly;
  }

  boolean versioned() {
    return versioned;
  }

  synchronized Optional<Version> current(String key) {
    List<Version> versions = objects.get(key);
    return versions == null || versions.isEmpty()
        ? Optional.empty()
        : Optional.of(versions.get(versions.size() - 1)).filter(version -> !version.deleted());
  }

  synchronized Optional<Version> version(String key, String id) {
    return objects.getOrDefault(key, List.of()).stream()
        .filter(version -> version.id().equals(id) && !version.deleted())
        .findFirst();
  }

  /** Stores an object if the conditions of the request hold. */
  S3Answer put(
      String key,
      byte[] body,
      String entityTag,
      @Nullable String ifMatch,
      @Nullable String ifNoneMatch) {
    if (conduct == S3Conduct.LOSES_RACES && (ifMatch != null || ifNoneMatch != null)) {
      S3Answer refusal = refusal(key, ifMatch, ifNoneMatch);
      if (refusal != null) {
        return refusal;
      }
      try {
        Thread.sleep(RACE_WINDOW_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return store(key, body, entityTag);
    }
    synchronized (this) {
      S3Answer refusal = refusal(key, ifMatch, ifNoneMatch);
      return refusal != null ? refusal : store(key, body, entityTag);
    }
  }

  private synchronized @Nullable S3Answer refusal(
      String key, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (conduct == S3Conduct.IGNORES_CONDITIONS) {
      return null;
    }
    Optional<Version> current = current(key);
    if (ifNoneMatch != null
        && conduct != S3Conduct.IGNORES_CREATE_CONDITION
        && current.isPresent()
        && (ifNoneMatch.equals("*") || sameTag(ifNoneMatch, current.get().entityTag()))) {
      return preconditionFailed("If-None-Match");
    }
    if (ifMatch != null) {
      if (current.isEmpty()) {
        return S3Answer.error(404, "NoSuchKey", "the key does not exist");
      }
      if (conduct == S3Conduct.IF_MATCH_NEVER_MATCHES
          || !(ifMatch.equals("*") || sameTag(ifMatch, current.get().entityTag()))) {
        return preconditionFailed("If-Match");
      }
    }
    return null;
  }

  static S3Answer preconditionFailed(String header) {
    return S3Answer.xml(
        412,
        "<Error><Code>PreconditionFailed</Code><Message>a precondition did not hold</Message>"
            + "<Condition>"
            + header
            + "</Condition></Error>");
  }

  static boolean sameTag(String given, String actual) {
    return given.replace("\"", "").equals(actual.replace("\"", ""));
  }

  private synchronized S3Answer store(String key, byte[] body, String entityTag) {
    Version version = new Version(newVersionId(), body, entityTag, now());
    List<Version> versions = objects.computeIfAbsent(key, k -> new ArrayList<>());
    if (!versioned) {
      versions.clear();
    }
    versions.add(version);
    S3Answer answer = S3Answer.empty(200).with("ETag", entityTag);
    return versioned ? answer.with("x-amz-version-id", version.id()) : answer;
  }

  synchronized S3Answer delete(String key, @Nullable String versionId) {
    List<Version> versions = objects.get(key);
    S3Answer answer = S3Answer.empty(204);
    if (versionId != null) {
      if (versions != null) {
        versions.removeIf(version -> version.id().equals(versionId));
      }
    } else if (versioned) {
      Version marker = new Version(newVersionId(), null, "", now());
      objects.computeIfAbsent(key, k -> new ArrayList<>()).add(marker);
      answer = answer.with("x-amz-delete-marker", "true").with("x-amz-version-id", marker.id());
    } else if (versions != null) {
      versions.clear();
    }
    objects.values().removeIf(List::isEmpty);
    return answer;
  }

  /** Keys after {@code after} that start with {@code prefix}, with their current versions. */
  synchronized NavigableMap<String, Version> list(String prefix, String after) {
    NavigableMap<String, Version> found = new TreeMap<>(BYTE_ORDER);
    for (String key : objects.tailMap(prefix, true).keySet()) {
      if (!key.startsWith(prefix)) {
        break;
      }
      if (BYTE_ORDER.compare(key, after) > 0) {
        current(key).ifPresent(version -> found.put(key, version));
      }
    }
    return found;
  }

  /** All versions of the keys that start with {@code prefix}, newest first. */
  synchronized Map<String, List<Version>> versions(String prefix) {
    Map<String, List<Version>> found = new TreeMap<>(BYTE_ORDER);
    objects.forEach(
        (key, versions) -> {
          if (key.startsWith(prefix)) {
            List<Version> newestFirst = new ArrayList<>(versions);
            java.util.Collections.reverse(newestFirst);
            found.put(key, newestFirst);
          }
        });
    return found;
  }

  String startUpload(String key) {
    String id = UUID.randomUUID().toString();
    uploads.put(id, new Upload(key, new TreeMap<>()));
    return id;
  }

  Optional<Upload> upload(String id) {
    return Optional.ofNullable(uploads.get(id));
  }

  void endUpload(String id) {
    uploads.remove(id);
  }

  int uploadsUnderWay() {
    return uploads.size();
  }

  static byte[] concatenate(Iterable<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }

  static String entityTag(byte[] body) {
    return "\"" + HexFormat.of().formatHex(md5(body)) + "\"";
  }

  static byte[] md5(byte[] body) {
    try {
      return MessageDigest.getInstance("MD5").digest(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String newVersionId() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
