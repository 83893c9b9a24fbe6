package dev.pilot.vcs.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.repo.MergeRequest;
import dev.pilot.api.repo.OpenWorkspace;
import dev.pilot.api.repo.RepoLocation;
import dev.pilot.api.repo.VcsSync;
import dev.pilot.api.repo.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** A program of its own that does one run's work on a repository: what a test can kill, or give another home. */
final class VcsProbe {
    /** What its lines start with. */
    static final String MARK = "probe: ";

    private VcsProbe() {}

    /** Starts it. Its output names each step before it is done. */
    static Process start(Map<String, String> environment, List<String> jvmOptions, Path remote, Path data)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR"));
        command.add(
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", "logback-test.xml"));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                VcsProbe.class.getName(),
                remote.toString(),
                data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    static String run(VcsSync vcs, RepoLocation location, Path directory, Consumer<String> step) throws IOException {
        step.accept("sync");
        vcs.sync(location);
        step.accept("open");
        Workspace workspace =
                vcs.open(new OpenWorkspace(location, directory, "pilot/probe", null, "Probe", "probe@example.org"));
        Files.writeString(directory.resolve("probe.txt"), "probe\n", UTF_8);
        step.accept("commit");
        String commit = vcs.commit(workspace, "Probe");
        step.accept("publish");
        vcs.publish(workspace);
        step.accept("merge");
        if (commit != null) { // else it was merged before
            vcs.merge(new MergeRequest(location, commit, "main", "Merge", "Probe", "probe@example.org"));
        }
        step.accept("close");
        vcs.close(workspace);
        step.accept("done");
        return commit;
    }

    public static void main(String[] arguments) throws Exception {
        FileBasedConfig hosts =
                new FileBasedConfig(Path.of(arguments[1], "host.config").toFile(), FS.DETECTED);
        hosts.load();
        SystemReader.setInstance(new SystemReader.Delegate(SystemReader.getInstance()) {
            @Override
            public StoredConfig getUserConfig() {
                say("asked the host for the user's configuration");
                return hosts;
            }
        });
        RepoLocation location = new RepoLocation(arguments[0], Path.of(arguments[1], "copy"), null);
        run(new GitVcsProvider().create(), location, Path.of(arguments[1], "work"), VcsProbe::say);
        say("host " + SystemReader.getInstance().getUserConfig().getString("user", null, "name"));
    }

    /** Marked, since a logger may print beside it. */
    private static void say(String line) {
        System.out.println(MARK + line);
    }
}
