package dev.pilot.server;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.value.Named;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes out the record of decisions: all of it, or it ends with 1. */
@Command(
        name = "export",
        description = "Writes out the whole record, the oldest first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What was written is said at the end, where complaints go: how many records, and the hash of the last."
        })
final class AuditExportCommand implements Callable<Integer> {
    private static final int AT_ONCE = 1 << 16;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HubOptions hub;

    @Option(
            names = "--format",
            paramLabel = "<format>",
            defaultValue = "jsonl",
            description = "jsonl or csv. Default: jsonl.")
    private String format;

    @Option(names = "--to", paramLabel = "<file>", description = "Where to write it. Default: what the command prints.")
    private @Nullable Path to;

    @SuppressWarnings("NullAway") // picocli sets it
    AuditExportCommand() {}

    @Override
    public Integer call() {
        Logging.level("error");
        AuditFormat wanted = Named.parse(AuditFormat.class, format, "--format");
        AuditFilter all = AuditFilter.builder().oldestFirst(true).build();
        try (Pilot pilot = hub.connect();
                InputStream in = opened(pilot, all, wanted);
                ExportTally out = new ExportTally(output(), wanted)) {
            copy(in, out);
            out.flush();
            PrintWriter err = spec.commandLine().getErr();
            err.println(out.records() + " records, the last one's hash  " + out.lastHash());
            err.flush();
        } catch (IOException e) {
            throw cut("could not be ended", e); // some systems say only now that the disk is full
        }
        return 0;
    }

    private static InputStream opened(Pilot pilot, AuditFilter filter, AuditFormat format) {
        return pilot.audit().export(filter, format);
    }

    /** The bytes as they are, past what would print them in the terminal's encoding and keep silent about a full disk. */
    private OutputStream output() {
        try {
            return to == null ? new FileOutputStream(FileDescriptor.out) : Files.newOutputStream(to);
        } catch (IOException e) {
            throw new Unavailable("output", "The file " + to + " can't be written: " + e.getMessage(), e);
        }
    }

    private static void copy(InputStream in, OutputStream out) {
        byte[] bytes = new byte[AT_ONCE];
        for (int count = read(in, bytes); count >= 0; count = read(in, bytes)) {
            try {
                out.write(bytes, 0, count);
            } catch (IOException e) {
                throw cut("can't be written", e);
            }
        }
    }

    private static int read(InputStream in, byte[] bytes) {
        try {
            return in.read(bytes);
        } catch (IOException e) {
            throw cut("can't be read from the hub", e);
        }
    }

    private static Unavailable cut(String what, IOException why) {
        return new Unavailable("export-cut", "The export is not whole: it " + what + ": " + why.getMessage(), why);
    }
}
