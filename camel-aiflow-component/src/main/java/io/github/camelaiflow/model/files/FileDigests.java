package io.github.camelaiflow.model.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether files are what they are said to be. A digest is remembered as long as the file looks the same; one that is wrong is
 * read again now and then, because a file can change without looking otherwise. Thread-safe.
 */
final class FileDigests {

    private static final int REMEMBERED = 4096;
    private static final int AGAIN = 15;

    private final Map<Path, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private static final class Known {

        private final List<Object> stamp;
        private final String sha256;
        private int asked;

        Known(List<Object> stamp, String sha256) {
            this.stamp = stamp;
            this.sha256 = sha256;
        }
    }

    /** Changes with the file, as far as can be told without reading it. */
    static List<Object> stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        List<Object> stamp = new ArrayList<>(Arrays.asList(
                attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.fileKey()));
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            stamp.add(Files.getAttribute(file, "unix:ctime"));
        }
        return stamp;
    }

    /** {@code null} if the file has that digest, else what is wrong. */
    synchronized String problem(Path file, long length, String sha256) {
        try {
            long size = Files.size(file);
            if (length >= 0 && size != length) {
                return "has " + size + " bytes, not " + length + " as its card says";
            }
            List<Object> stamp = stamp(file);
            Known last = known.get(file);
            boolean same = last != null && last.stamp.equals(stamp);
            if (!same || !last.sha256.equals(sha256) && ++last.asked % AGAIN == 0) {
                last = new Known(stamp, digest(file));
                known.put(file, last);
            }
            return last.sha256.equals(sha256) ? null : "has not the SHA-256 that its card says";
        } catch (IOException e) {
            return "cannot be read";
        }
    }

    private static String digest(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(open(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }
}
