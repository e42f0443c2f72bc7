package io.github.camelaiflow.it.campaign;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Scenes, one after the other on a broker; a line for each fault in a file. A campaign that was broken off is taken up with the first
 * scene that is not whole in the file.
 */
final class Campaign {

    /** One scene's faults. */
    record Act(Setup setup, List<Fault> faults) {}

    private final Path folder;
    private final Path report;
    private final InstantSource clock;
    private final List<RuntimeException> broken = new CopyOnWriteArrayList<>();
    private final List<FaultLine> lines = new ArrayList<>();

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
     * @param lanes how many scenes are played at the same time, each lane with a broker of its own; with more than one, times say less
     * @throws IllegalStateException after all were played, if a scene could not be played to its end
     */
    List<FaultLine> play(List<Act> acts, int lanes) {
        try {
            Files.createDirectories(report.toAbsolutePath().getParent());
            lines.addAll(before());
            Map<Long, Long> played = lines.stream().collect(groupingBy(FaultLine::seed, counting()));
            Queue<Integer> open = new ConcurrentLinkedQueue<>();
            for (int number = 0; number < acts.size(); number++) {
                Act act = acts.get(number);
                if (played.getOrDefault(act.setup().seed(), 0L) < act.faults().size()) {
                    open.add(number);
                }
            }
            ExecutorService threads = Executors.newFixedThreadPool(lanes);
            try {
                List<Future<?>> ends = new ArrayList<>();
                for (int lane = 0; lane < lanes; lane++) {
                    Path own = folder.resolve("broker" + lane);
                    ends.add(threads.submit(() -> lane(acts, open, own)));
                }
                for (Future<?> end : ends) {
                    end.get();
                }
            } finally {
                threads.shutdownNow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the report must be writable", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a lane broke", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (!broken.isEmpty()) {
            throw new IllegalStateException(broken.size() + " scenes could not be played to their end", broken.get(0));
        }
        return List.copyOf(lines);
    }

    private void lane(List<Act> acts, Queue<Integer> open, Path own) {
        if (open.isEmpty()) {
            return;
        }
        try (BrokerProcess broker = new BrokerProcess(own)) {
            for (Integer number = open.poll(); number != null; number = open.poll()) {
                play(acts.get(number), number, broker);
            }
        }
    }

    private synchronized void tell(FaultLine line) {
        lines.add(line);
        try {
            Files.writeString(report, line.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the report must be writable", e);
        }
    }

    private List<FaultLine> before() throws IOException {
        return Files.exists(report)
                ? Files.readAllLines(report).stream().map(FaultLine::of).toList()
                : List.of();
    }

    private void play(Act act, int number, BrokerProcess broker) {
        try (Scene scene = new Scene(act.setup(), number, folder, broker, clock)) {
            scene.play(act.faults(), this::tell);
        } catch (RuntimeException e) {
            System.out.println("Scene " + number + " could not be played to its end: " + e);
            broken.add(e);
            broker.recover();
        }
    }

    /**
     * How a seed is replayed, or a campaign played, by hand:
     *
     * <ul>
     *   <li>{@code FOLDER REPORT thorough SEED FAULTS}: faults of all classes
     *   <li>{@code FOLDER REPORT times SEED}: what is promised in seconds, for a quiet machine
     *   <li>{@code FOLDER REPORT MODE[/STORE] INSTANCES THREADS SEED RECORDS FAULT…}: one scene
     * </ul>
     */
    public static void main(String[] arguments) {
        List<Act> acts =
                switch (arguments[2]) {
                    case "thorough" -> Program.thorough(Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]));
                    case "times" -> Program.times(Long.parseLong(arguments[3]));
                    default -> List.of(scene(arguments));
                };
        List<FaultLine> lines =
                new Campaign(Path.of(arguments[0]), Path.of(arguments[1]), InstantSource.system()).play(acts, 1);
        System.out.print(CampaignTable.render(lines));
        System.exit(0); // clients' threads may be on
    }

    private static Act scene(String[] arguments) {
        String[] mode = arguments[2].split("/");
        List<Fault> faults =
                Arrays.stream(arguments).skip(7).map(Fault::valueOf).toList();
        Setup setup = new Setup(
                Mode.valueOf(mode[0]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                faults.stream().anyMatch(Fault::isOfTheModelServer) ? Setup.Model.SERVER : Setup.Model.FILE,
                mode.length > 1 ? Setup.Store.valueOf(mode[1]) : store(mode[0], faults),
                Long.parseLong(arguments[5]),
                Integer.parseInt(arguments[6]));
        return new Act(setup, faults);
    }

    private static Setup.Store store(String mode, List<Fault> faults) {
        if (faults.contains(Fault.DISK_FULL)) {
            return Setup.Store.SMALL_DISK;
        }
        boolean needed = mode.equals(Mode.DATABASE.name())
                || faults.contains(Fault.STORE_GONE)
                || faults.stream().anyMatch(Fault::isOfLabels);
        return needed ? Setup.Store.SERVER : Setup.Store.NONE;
    }
}
