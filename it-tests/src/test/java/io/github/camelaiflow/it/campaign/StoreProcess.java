package io.github.camelaiflow.it.campaign;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * H2 as a server of its own, for several instances. Where it may, it has a small disk to itself, which only it sees and which
 * is gone with it.
 */
final class StoreProcess implements FlowStore {

    private static final int MEGABYTES = 64; // several times what a scene needs: it is full when it is filled

    private final Path folder;
    private final boolean smallDisk;
    private final int port = BrokerProcess.freePort();
    private Child child;

    /** @param smallDisk what it holds is gone when it is killed then */
    StoreProcess(Path folder, boolean smallDisk) {
        this.folder = folder;
        this.smallDisk = smallDisk;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the store's folder must be writable", e);
        }
    }

    /** Whether small disks can be had here: only root mounts. */
    static boolean hasSmallDisks() {
        try {
            return new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public StoreProcess start() {
        List<String> before = smallDisk
                ? List.of(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=" + MEGABYTES + "m tmpfs \"$0\" && exec \"$@\"",
                        folder.toString())
                : List.of();
        child = new Child(
                "store",
                folder.getParent(),
                before,
                List.of("-Xmx128m"),
                Map.of(),
                List.of(
                        Watched.class.getName(),
                        "org.h2.tools.Server",
                        "-tcp",
                        "-tcpPort",
                        String.valueOf(port),
                        "-ifNotExists",
                        "-baseDir",
                        folder.toString()));
        child.await("TCP server running");
        return this;
    }

    private String url(Part part) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/./" + part.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String section(Part part) {
        return "{url: \"" + url(part) + "\"}";
    }

    @Override
    public Connection connect(Part part) throws SQLException {
        return DriverManager.getConnection(url(part));
    }

    @Override
    public void kill() {
        child.close();
    }

    /** Takes all of its disk that is left. */
    void fillDisk() {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(filler())) {
            for (int i = 0; i < MEGABYTES * 256; i++) {
                out.write(block);
            }
            throw new IllegalStateException("the disk has more than it should");
        } catch (IOException e) {
            // full
        }
    }

    void emptyDisk() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the process sees its folder. */
    private Path filler() {
        return Path.of("/proc/" + child.pid() + "/root" + folder.toAbsolutePath(), "filler");
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }
}
