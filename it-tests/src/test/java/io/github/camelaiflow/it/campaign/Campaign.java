package io.github.camelaiflow.it.campaign;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Scenes, one after the other, on one broker; a line for each fault in a file. */
final class Campaign {

    /** One scene's faults. */
    record Act(Setup setup, List<Fault> faults) {}

    private final Path folder;
    private final Path report;
    private final InstantSource clock;

    /**
     * @param folder for the processes' files and consoles; may be thrown away after
     * @param report lines are added to this file
     */
    Campaign(Path folder, Path report, InstantSource clock) {
        this.folder = folder;
        this.report = report;
        this.clock = clock;
    }

    /** Plays them, and returns a line a fault. */
    List<FaultLine> play(List<Act> acts) {
        List<FaultLine> lines = new ArrayList<>();
        try (BrokerProcess broker = new BrokerProcess(folder.resolve("broker"))) {
            Files.createDirectories(report.toAbsolutePath().getParent());
            try (PrintWriter out = new PrintWriter(
                    Files.newBufferedWriter(report, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true)) {
                Consumer<FaultLine> told = line -> {
                    lines.add(line);
                    out.println(line.json());
                    System.out.println(line.json());
                };
                for (int number = 0; number < acts.size(); number++) {
                    Act act = acts.get(number);
                    try (Scene scene = new Scene(act.setup(), number, folder, broker, clock)) {
                        scene.play(act.faults(), told);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the report must be writable", e);
        }
        return lines;
    }

    /** Plays faults by name: {@code FOLDER REPORT MODE INSTANCES SEED RECORDS FAULT…}; how a seed is replayed by hand. */
    public static void main(String[] arguments) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 6; i < arguments.length; i++) {
            faults.add(Fault.valueOf(arguments[i]));
        }
        Setup setup = new Setup(
                Mode.valueOf(arguments[2]),
                Integer.parseInt(arguments[3]),
                1,
                Setup.Model.FILE,
                Long.parseLong(arguments[4]),
                Integer.parseInt(arguments[5]));
        new Campaign(Path.of(arguments[0]), Path.of(arguments[1]), InstantSource.system())
                .play(List.of(new Act(setup, faults)));
        System.exit(0);
    }
}
