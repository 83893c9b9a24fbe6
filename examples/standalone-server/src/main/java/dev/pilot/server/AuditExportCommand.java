package dev.pilot.server;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.value.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes out the record of decisions. */
@Command(
        name = "export",
        description = "Writes out the whole record, the oldest first.",
        mixinStandardHelpOptions = true)
final class AuditExportCommand implements Callable<Integer> {
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

    @SuppressWarnings("NullAway") // picocli sets it
    AuditExportCommand() {}

    @Override
    public Integer call() throws IOException {
        Logging.level("error");
        AuditFilter all = AuditFilter.builder().oldestFirst(true).build();
        PrintWriter out = spec.commandLine().getOut();
        try (Pilot pilot = hub.connect();
                InputStream in = pilot.audit().export(all, Named.parse(AuditFormat.class, format, "--format"))) {
            new InputStreamReader(in, StandardCharsets.UTF_8).transferTo(out);
        }
        out.flush();
        return 0;
    }
}
