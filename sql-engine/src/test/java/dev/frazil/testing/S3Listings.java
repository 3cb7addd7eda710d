package dev.frazil.testing;

import static dev.frazil.testing.S3Answer.escape;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** ListObjectsV2 and ListObjectVersions of the S3 test server. */
final class S3Listings {
  private static final int MAX_KEYS = 1_000;

  private S3Listings() {}

  static S3Answer objects(S3Bucket bucket, S3Request request) {
    String prefix = request.query().getOrDefault("prefix", "");
    String delimiter = request.query().getOrDefault("delimiter", "");
    boolean encoded = "url".equals(request.query().get("encoding-type"));
    int maxKeys =
        Math.min(
            MAX_KEYS,
            Integer.parseInt(request.query().getOrDefault("max-keys", String.valueOf(MAX_KEYS))));
    String token = request.query().get("continuation-token");
    String after =
        token == null
            ? request.query().getOrDefault("start-after", "")
            : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    StringBuilder contents = new StringBuilder();
    StringBuilder commonPrefixes = new StringBuilder();
    int count = 0;
    String last = after;
    String lastGroup = "";
    boolean truncated = false;
    for (Map.Entry<String, S3Bucket.Version> entry : bucket.list(prefix, after).entrySet()) {
      String key = entry.getKey();
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String group = cut < 0 ? "" : key.substring(0, cut + delimiter.length());
      boolean groupSeen = !group.isEmpty() && (group.equals(lastGroup) || after.startsWith(group));
      if (groupSeen) {
        last = key;
        continue;
      }
      if (count == maxKeys) {
        truncated = true;
        break;
      }
      count++;
      last = key;
      lastGroup = group;
      if (group.isEmpty()) {
        contents.append(content(key, entry.getValue(), encoded));
      } else {
        commonPrefixes
            .append("<CommonPrefixes><Prefix>")
            .append(name(group, encoded))
            .append("</Prefix></CommonPrefixes>");
      }
    }
    String next =
        truncated
            ? "<NextContinuationToken>"
                + Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8))
                + "</NextContinuationToken>"
            : "";
    return S3Answer.xml(
        200,
        "<ListBucketResult><Name>"
            + bucket.name()
            + "</Name><Prefix>"
            + name(prefix, encoded)
            + "</Prefix><KeyCount>"
            + count
            + "</KeyCount><MaxKeys>"
            + maxKeys
            + "</MaxKeys>"
            + (encoded ? "<EncodingType>url</EncodingType>" : "")
            + "<IsTruncated>"
            + truncated
            + "</IsTruncated>"
            + next
            + contents
            + commonPrefixes
            + "</ListBucketResult>");
  }

  static S3Answer versions(S3Bucket bucket, S3Request request) {
    String prefix = request.query().getOrDefault("prefix", "");
    boolean encoded = "url".equals(request.query().get("encoding-type"));
    StringBuilder text =
        new StringBuilder("<ListVersionsResult><Name>" + bucket.name() + "</Name>");
    text.append(encoded ? "<EncodingType>url</EncodingType>" : "");
    text.append("<IsTruncated>false</IsTruncated>");
    for (Map.Entry<String, List<S3Bucket.Version>> entry : bucket.versions(prefix).entrySet()) {
      boolean latest = true;
      for (S3Bucket.Version version : entry.getValue()) {
        String tag = version.deleted() ? "DeleteMarker" : "Version";
        text.append("<" + tag + "><Key>" + name(entry.getKey(), encoded) + "</Key><VersionId>");
        text.append(version.id() + "</VersionId><IsLatest>" + latest + "</IsLatest>");
        text.append("<LastModified>" + version.modified() + "</LastModified>");
        if (!version.deleted()) {
          text.append("<ETag>" + escape(version.entityTag()) + "</ETag>");
          text.append("<Size>" + version.body().length + "</Size>");
        }
        text.append("</" + tag + ">");
        latest = false;
      }
    }
    return S3Answer.xml(200, text.append("</ListVersionsResult>").toString());
  }

  private static String content(String key, S3Bucket.Version version, boolean encoded) {
    return "<Contents><Key>"
        + name(key, encoded)
        + "</Key><LastModified>"
        + version.modified()
        + "</LastModified><ETag>"
        + escape(version.entityTag())
        + "</ETag><Size>"
        + version.body().length
        + "</Size><StorageClass>STANDARD</StorageClass></Contents>";
  }

  private static String name(String text, boolean encoded) {
    return encoded
        ? URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/")
        : escape(text);
  }
}
