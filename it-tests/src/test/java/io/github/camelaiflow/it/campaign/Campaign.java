package io.github.camelaiflow.it.campaign;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Scenes, one after the other, on one broker; a line for each fault in a file. A campaign that was broken off is taken up with the first
 * scene that is not whole in the file.
 */
final class Campaign {

    /** One scene's faults. */
    record Act(Setup setup, List<Fault> faults) {}

    private final Path folder;
    private final Path report;
    private final InstantSource clock;
    private final List<RuntimeException> broken = new ArrayList<>();

    /**
     * @param folder for the processes' files and consoles; may be thrown away after
     * @param report lines are added to this file
     */
    Campaign(Path folder, Path report, InstantSource clock) {
        this.folder = folder;
        this.report = report;
        this.clock = clock;
    }

    /**
     * Plays them, and returns a line a fault, those that were in the file before included.
     *
     * @throws IllegalStateException after all were played, if a scene could not be played to its end
     */
    List<FaultLine> play(List<Act> acts) {
        try {
            Files.createDirectories(report.toAbsolutePath().getParent());
            List<FaultLine> lines = new ArrayList<>(before());
            Map<Long, Long> played = lines.stream().collect(groupingBy(FaultLine::seed, counting()));
            try (PrintWriter out = new PrintWriter(
                            Files.newBufferedWriter(report, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                            true);
                    BrokerProcess broker = new BrokerProcess(folder.resolve("broker"))) {
                for (int number = 0; number < acts.size(); number++) {
                    Act act = acts.get(number);
                    if (played.getOrDefault(act.setup().seed(), 0L)
                            < act.faults().size()) {
                        play(act, number, broker, line -> {
                            lines.add(line);
                            out.println(line.json());
                        });
                    }
                }
            }
            if (!broken.isEmpty()) {
                throw new IllegalStateException(
                        broken.size() + " scenes could not be played to their end", broken.get(0));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("the report must be writable", e);
        }
    }

    private List<FaultLine> before() throws IOException {
        return Files.exists(report)
                ? Files.readAllLines(report).stream().map(FaultLine::of).toList()
                : List.of();
    }

    private void play(Act act, int number, BrokerProcess broker, Consumer<FaultLine> told) {
        try (Scene scene = new Scene(act.setup(), number, folder, broker, clock)) {
            scene.play(act.faults(), told);
        } catch (RuntimeException e) {
            System.out.println("Scene " + number + " could not be played to its end: " + e);
            broken.add(e);
            broker.recover();
        }
    }

    /**
     * How a seed is replayed, or a campaign played, by hand: {@code FOLDER REPORT thorough SEED FAULTS}, or {@code FOLDER REPORT MODE
     * INSTANCES THREADS SEED RECORDS FAULT…} for one scene.
     */
    public static void main(String[] arguments) {
        List<Act> acts = arguments[2].equals("thorough")
                ? Program.thorough(Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]))
                : List.of(scene(arguments));
        List<FaultLine> lines =
                new Campaign(Path.of(arguments[0]), Path.of(arguments[1]), InstantSource.system()).play(acts);
        System.out.print(CampaignTable.render(lines));
        System.exit(0); // clients' threads may be on
    }

    private static Act scene(String[] arguments) {
        List<Fault> faults =
                Arrays.stream(arguments).skip(7).map(Fault::valueOf).toList();
        Setup setup = new Setup(
                Mode.valueOf(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                faults.stream().anyMatch(Fault::changesAnswers) ? Setup.Model.SERVER : Setup.Model.FILE,
                faults.contains(Fault.DISK_FULL)
                        ? Setup.Store.SMALL_DISK
                        : faults.contains(Fault.STORE_GONE) || arguments[2].equals(Mode.DATABASE.name()) ? Setup.Store.SERVER : Setup.Store.NONE,
                Long.parseLong(arguments[5]),
                Integer.parseInt(arguments[6]));
        return new Act(setup, faults);
    }
}
