package io.github.camelaiflow.it.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Scenes, one after the other on a broker; a line for each fault in a file. A campaign that was broken off is taken up with the
 * scenes that are not whole in the file: they are played anew, and their lines replaced.
 */
final class Campaign {

    /** One scene's faults. */
    record Act(Setup setup, List<Fault> faults) {

        private boolean has(FaultLine line) {
            return line.seed() == setup.seed()
                    && line.mode().equals(setup.mode().text())
                    && line.instances() == setup.instances();
        }

        /** Whether these lines are one of each of its faults, in order. */
        private boolean isTold(List<FaultLine> lines) {
            return lines.stream()
                    .filter(this::has)
                    .map(FaultLine::fault)
                    .toList()
                    .equals(faults.stream().map(Fault::text).toList());
        }
    }

    private final Path parent;
    private final Path report;
    private final InstantSource clock;
    private final List<RuntimeException> broken = new CopyOnWriteArrayList<>();
    private final List<FaultLine> lines = new ArrayList<>();

    /**
     * @param folder for the processes' files and consoles; may be thrown away after
     * @param report lines are added to this file
     */
    Campaign(Path folder, Path report, InstantSource clock) {
        this.parent = folder;
        this.report = report;
        this.clock = clock;
    }

    /**
     * Plays those that are not whole in the file, and returns all their lines, one a fault.
     *
     * @param lanes how many scenes are played at the same time, each lane with a broker of its own; with more than one, times say less
     * @throws IllegalStateException after all were played, if a scene could not be played to its end
     */
    List<FaultLine> play(List<Act> acts, int lanes) {
        try {
            Files.createDirectories(report.toAbsolutePath().getParent());
            Path folder = Files.createTempDirectory(Files.createDirectories(parent), "run"); // nothing of one before
            Queue<Integer> open = new ConcurrentLinkedQueue<>(resume(acts));
            ExecutorService threads = Executors.newFixedThreadPool(lanes);
            try {
                List<Future<?>> ends = new ArrayList<>();
                for (int lane = 0; lane < lanes; lane++) {
                    Path own = folder.resolve("broker" + lane);
                    ends.add(threads.submit(() -> lane(acts, open, folder, own)));
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
        return lines.stream()
                .filter(line -> acts.stream().anyMatch(act -> act.has(line)))
                .toList();
    }

    /** Takes over what is in the file, without the lines of scenes that are not whole, and returns these scenes' numbers. */
    List<Integer> resume(List<Act> acts) throws IOException {
        List<FaultLine> before = before();
        List<Integer> open = IntStream.range(0, acts.size())
                .filter(number -> !acts.get(number).isTold(before))
                .boxed()
                .toList();
        before.stream()
                .filter(line -> open.stream().map(acts::get).noneMatch(act -> act.has(line)))
                .forEach(lines::add);
        if (lines.size() < before.size()) {
            Path whole = report.resolveSibling(report.getFileName() + ".whole");
            Files.write(whole, lines.stream().map(FaultLine::json).toList());
            Files.move(whole, report, StandardCopyOption.REPLACE_EXISTING);
        }
        return open;
    }

    private void lane(List<Act> acts, Queue<Integer> open, Path folder, Path own) {
        if (open.isEmpty()) {
            return;
        }
        try (BrokerProcess broker = new BrokerProcess(own)) {
            for (Integer number = open.poll(); number != null; number = open.poll()) {
                play(acts.get(number), number, folder, broker);
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

    /** A line that was broken off is none. */
    private List<FaultLine> before() throws IOException {
        if (!Files.exists(report)) {
            return List.of();
        }
        String text = Files.readString(report);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (!whole.equals(text)) {
            Files.writeString(report, whole);
        }
        return whole.lines().map(FaultLine::of).toList();
    }

    private void play(Act act, int number, Path folder, BrokerProcess broker) {
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
     *   <li>{@code FOLDER REPORT thorough SEED FAULTS [LANES]}: faults of all classes, so many scenes at the same time
     *   <li>{@code FOLDER REPORT times SEED}: what is promised in seconds, for a quiet machine; ends with 1 if it does not hold
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
        boolean laned = arguments[2].equals("thorough") && arguments.length > 5;
        List<FaultLine> lines = new Campaign(Path.of(arguments[0]), Path.of(arguments[1]), InstantSource.system())
                .play(acts, laned ? Integer.parseInt(arguments[5]) : 1);
        System.out.print(CampaignTable.render(lines));
        List<String> broken = arguments[2].equals("times") ? Promise.broken(acts, lines) : List.of();
        broken.forEach(promise -> System.out.println("Does not hold: " + promise));
        System.exit(broken.isEmpty() ? 0 : 1); // clients' threads may be on
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
