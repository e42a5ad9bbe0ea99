package io.weighbridge.hasher.fetch;

import java.util.Locale;
import java.util.Set;

/** Which files of a repository can be no model, by their names. Everything else is fetched, and its content alone tells what it is. */
final class ModelNames {

    private static final Set<String> OTHER_ENDINGS = Set.of(
            // text and its settings
            "md",
            "txt",
            "rst",
            "html",
            "htm",
            "pdf",
            "tex",
            "bib",
            "yaml",
            "yml",
            "toml",
            "license",
            "notice",
            "ini",
            "cfg",
            "jsonl",
            "csv",
            "tsv",
            "xml",
            "jinja",
            // programs
            "py",
            "ipynb",
            "sh",
            "js",
            "ts",
            "c",
            "cc",
            "cpp",
            "h",
            "hpp",
            "java",
            "rs",
            "go",
            "lock",
            "gitignore",
            "gitattributes",
            "dockerfile",
            // pictures, sound, data
            "png",
            "jpg",
            "jpeg",
            "gif",
            "webp",
            "svg",
            "ico",
            "bmp",
            "mp4",
            "webm",
            "wav",
            "mp3",
            "flac",
            "ogg",
            "parquet",
            "arrow");

    private ModelNames() {}

    /** Whether a file may be a model. JSON may only as an index of shards: tokenizers and configurations are JSON too. */
    static boolean mayBeModel(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return name.endsWith(".index.json") || name.endsWith(".weights.json");
        }
        return !OTHER_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
