package dev.frazil.testing;

import static dev.frazil.testing.S3Answer.escape;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations of the S3 API that the test server knows. */
final class S3Operations {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
  private static final Pattern PART_NUMBER = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

  private final Map<String, S3Bucket> buckets;

  S3Operations(Map<String, S3Bucket> buckets) {
    this.buckets = buckets;
  }

  S3Answer answer(S3Request request) {
    S3Bucket bucket = buckets.get(request.bucket());
    if (bucket == null) {
      return S3Answer.error(404, "NoSuchBucket", "the bucket does not exist");
    }
    if (bucket.readOnly() && request.isWrite()) {
      return S3Answer.error(403, "AccessDenied", "the bucket is read-only");
    }
    S3Answer answer =
        request.key().isEmpty() ? onBucket(bucket, request) : onObject(bucket, request);
    return answer.with("x-amz-request-id", "frazil-test");
  }

  private S3Answer onBucket(S3Bucket bucket, S3Request request) {
    if (request.method().equals("HEAD")) {
      return S3Answer.empty(200).with("x-amz-bucket-region", bucket.region());
    }
    if (request.method().equals("POST") && request.hasQuery("delete")) {
      return deleteMany(bucket, request);
    }
    if (request.method().equals("GET")) {
      if (request.hasQuery("versions")) {
        return S3Listings.versions(bucket, request);
      }
      if (request.hasQuery("location")) {
        return S3Answer.xml(
            200, "<LocationConstraint>" + bucket.region() + "</LocationConstraint>");
      }
      return S3Listings.objects(bucket, request);
    }
    return notImplemented(request);
  }

  private S3Answer onObject(S3Bucket bucket, S3Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> get(bucket, request);
      case "PUT" -> {
        if (request.hasQuery("partNumber")) {
          yield uploadPart(bucket, request);
        }
        yield request.header("x-amz-copy-source").isPresent()
            ? copy(bucket, request)
            : put(bucket, request, request.body(), S3Bucket.entityTag(request.body()));
      }
      case "POST" -> {
        if (request.hasQuery("uploads")) {
          yield startUpload(bucket, request);
        }
        yield request.hasQuery("uploadId")
            ? completeUpload(bucket, request)
            : notImplemented(request);
      }
      case "DELETE" -> {
        if (request.hasQuery("uploadId")) {
          bucket.endUpload(request.query().get("uploadId"));
          yield S3Answer.empty(204);
        }
        yield bucket.delete(request.key(), request.query().get("versionId"));
      }
      default -> notImplemented(request);
    };
  }

  private static S3Answer put(S3Bucket bucket, S3Request request, byte[] body, String entityTag) {
    return bucket.put(
        request.key(),
        body,
        entityTag,
        request.header("if-match").orElse(null),
        request.header("if-none-match").orElse(null));
  }

  private static S3Answer get(S3Bucket bucket, S3Request request) {
    String versionId = request.query().get("versionId");
    Optional<S3Bucket.Version> found =
        versionId == null
            ? bucket.current(request.key())
            : bucket.version(request.key(), versionId);
    if (found.isEmpty()) {
      return S3Answer.error(404, "NoSuchKey", "the key does not exist");
    }
    S3Bucket.Version version = found.get();
    String ifMatch = request.header("if-match").orElse(null);
    if (ifMatch != null && !S3Bucket.sameTag(ifMatch, version.entityTag())) {
      return S3Bucket.preconditionFailed("If-Match");
    }
    String ifNoneMatch = request.header("if-none-match").orElse(null);
    if (ifNoneMatch != null && S3Bucket.sameTag(ifNoneMatch, version.entityTag())) {
      return described(S3Answer.empty(304), bucket, version);
    }
    byte[] body = version.body();
    S3Answer whole = new S3Answer(200, Map.of(), body);
    return described(range(whole, request.header("range").orElse(null)), bucket, version);
  }

  private static S3Answer described(S3Answer answer, S3Bucket bucket, S3Bucket.Version version) {
    S3Answer described =
        answer
            .with("ETag", version.entityTag())
            .with("Accept-Ranges", "bytes")
            .with("Last-Modified", HTTP_DATE.format(version.modified()));
    return bucket.versioned() ? described.with("x-amz-version-id", version.id()) : described;
  }

  private static S3Answer range(S3Answer whole, @Nullable String range) {
    Matcher matcher = RANGE.matcher(range == null ? "" : range);
    if (!matcher.matches()) {
      return whole;
    }
    int length = whole.body().length;
    boolean suffix = matcher.group(1).isEmpty();
    long from =
        suffix
            ? Math.max(0, length - Long.parseLong(matcher.group(2)))
            : Long.parseLong(matcher.group(1));
    long to =
        suffix || matcher.group(2).isEmpty()
            ? length - 1
            : Math.min(length - 1, Long.parseLong(matcher.group(2)));
    if (from >= length || from > to) {
      return S3Answer.error(416, "InvalidRange", "the range lies behind the object");
    }
    return new S3Answer(206, Map.of(), Arrays.copyOfRange(whole.body(), (int) from, (int) to + 1))
        .with("Content-Range", "bytes " + from + "-" + to + "/" + length);
  }

  private S3Answer copy(S3Bucket bucket, S3Request request) {
    String source =
        URLDecoder.decode(
            request.headers().get("x-amz-copy-source").replaceFirst("^/", ""),
            StandardCharsets.UTF_8);
    int slash = source.indexOf('/');
    S3Bucket from = buckets.get(source.substring(0, slash));
    Optional<S3Bucket.Version> version =
        from == null ? Optional.empty() : from.current(source.substring(slash + 1));
    if (version.isEmpty()) {
      return S3Answer.error(404, "NoSuchKey", "the source does not exist");
    }
    S3Answer stored =
        bucket.put(request.key(), version.get().body(), version.get().entityTag(), null, null);
    return S3Answer.xml(
        stored.status(),
        "<CopyObjectResult><ETag>"
            + escape(version.get().entityTag())
            + "</ETag><LastModified>"
            + version.get().modified()
            + "</LastModified></CopyObjectResult>");
  }

  private static S3Answer startUpload(S3Bucket bucket, S3Request request) {
    return S3Answer.xml(
        200,
        "<InitiateMultipartUploadResult><Bucket>"
            + bucket.name()
            + "</Bucket><Key>"
            + escape(request.key())
            + "</Key><UploadId>"
            + bucket.startUpload(request.key())
            + "</UploadId></InitiateMultipartUploadResult>");
  }

  private static S3Answer uploadPart(S3Bucket bucket, S3Request request) {
    Optional<S3Bucket.Upload> upload = bucket.upload(request.query().get("uploadId"));
    if (upload.isEmpty()) {
      return noSuchUpload();
    }
    synchronized (upload.get()) {
      upload.get().parts().put(Integer.parseInt(request.query().get("partNumber")), request.body());
    }
    return S3Answer.empty(200).with("ETag", S3Bucket.entityTag(request.body()));
  }

  private static S3Answer completeUpload(S3Bucket bucket, S3Request request) {
    String id = request.query().get("uploadId");
    Optional<S3Bucket.Upload> upload = bucket.upload(id);
    if (upload.isEmpty()) {
      return noSuchUpload();
    }
    List<byte[]> parts = new ArrayList<>();
    synchronized (upload.get()) {
      Matcher numbers = PART_NUMBER.matcher(new String(request.body(), StandardCharsets.UTF_8));
      while (numbers.find()) {
        byte[] part = upload.get().parts().get(Integer.parseInt(numbers.group(1)));
        if (part == null) {
          return S3Answer.error(400, "InvalidPart", "a part was not uploaded");
        }
        parts.add(part);
      }
    }
    for (int i = 0; i < parts.size() - 1; i++) {
      if (parts.get(i).length < 5 << 20) {
        return S3Answer.error(400, "EntityTooSmall", "a part but the last is below 5 MB");
      }
    }
    byte[] digests = S3Bucket.concatenate(parts.stream().map(S3Bucket::md5).toList());
    String entityTag = S3Bucket.entityTag(digests).replaceFirst("\"$", "-" + parts.size() + "\"");
    S3Answer stored = put(bucket, request, S3Bucket.concatenate(parts), entityTag);
    if (stored.status() != 200) {
      return stored;
    }
    bucket.endUpload(id);
    return S3Answer.xml(
        200,
        "<CompleteMultipartUploadResult><Bucket>"
            + bucket.name()
            + "</Bucket><Key>"
            + escape(request.key())
            + "</Key><ETag>"
            + escape(entityTag)
            + "</ETag></CompleteMultipartUploadResult>");
  }

  private static S3Answer deleteMany(S3Bucket bucket, S3Request request) {
    if (request.headers().keySet().stream()
        .noneMatch(name -> name.equals("content-md5") || name.startsWith("x-amz-checksum-"))) {
      return S3Answer.error(400, "InvalidRequest", "Content-MD5 or a checksum is missing");
    }
    StringBuilder deleted = new StringBuilder("<DeleteResult>");
    Matcher keys = KEY.matcher(new String(request.body(), StandardCharsets.UTF_8));
    while (keys.find()) {
      bucket.delete(unescape(keys.group(1)), null);
      deleted.append("<Deleted><Key>").append(keys.group(1)).append("</Key></Deleted>");
    }
    return S3Answer.xml(200, deleted.append("</DeleteResult>").toString());
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  private static S3Answer noSuchUpload() {
    return S3Answer.error(404, "NoSuchUpload", "the upload does not exist");
  }

  private static S3Answer notImplemented(S3Request request) {
    return S3Answer.error(501, "NotImplemented", request.method() + " " + request.query());
  }
}
