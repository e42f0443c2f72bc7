package io.github.camelaiflow.it;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Camel's file locks: the operating system frees a dead leader's lock, and keeps that of one that stands still. */
final class TakeoverByFileLockIT extends TakeoverContract {

    @TempDir
    Path folder;

    @Override
    List<String> arguments() {
        return List.of("file", folder.toString());
    }

    @Override
    boolean followsOneThatStandsStill() {
        return false;
    }
}
