//! Nouns of bodies: those that act for an owner, those that are actors themselves, and what their names are made of.

use super::word_lists;

word_lists! {
    /// Whether the noun is for people or a body that act for their owner: "the Omani delegation", "leaders of Oman".
    is_organ => [
        "administration", "aide", "aides", "ambassador", "ambassadors", "army", "authorities", "ayatollah",
        "bosses", "cabinet", "chancellor", "commanders", "delegate", "delegates", "delegation",
        "delegations", "deputies", "diplomat", "diplomats", "embassy", "envoy", "envoys", "executives",
        "forces", "generals", "government", "governments", "junta", "king", "lawmakers", "leader",
        "leaders", "leadership", "management", "mediator", "mediators", "military", "minister", "ministers",
        "ministry", "monarch", "mps", "navy", "negotiator", "negotiators", "office", "officer", "officers",
        "official", "officials", "palace", "parliament", "people", "politicians", "premier", "presidency",
        "president", "presidents", "prince", "regime", "representative", "representatives", "rulers",
        "secretary", "senators", "side", "soldiers", "spokesman", "spokesmen", "spokesperson",
        "spokeswoman", "state", "team", "troops",
    ];

    /// Whether the noun is for a group that is an actor itself: "the rebels", "the union".
    is_group => [
        "academics", "activists", "actors", "airline", "airlines", "alliance", "association",
        "bandits", "bank", "banks", "bargainers", "belligerents", "bishops", "bloc", "board", "campaigners",
        "captors", "carrier", "cartel", "cartels", "chain", "charity", "chiefs", "church", "clans", "cleaners",
        "clerics", "coalition", "combatants", "command", "commanders", "committee", "commuters", "companies",
        "company", "consultants", "court", "creditors", "demonstrators", "dockers", "doctors", "drivers",
        "elders", "employees", "employer", "employers", "environmentalists", "exporters", "faction", "factions",
        "families", "family", "farmers", "federation", "fighters", "firefighters", "firm", "firms", "fishermen",
        "footballers", "gang", "gangs", "generals", "group", "groups", "growers", "guerrillas", "guild",
        "gunmen", "hauliers", "herders", "hijackers", "homeowners", "hospital", "hostage-takers", "importers",
        "insurgents", "islamists", "jihadists", "kidnappers", "landlords", "landowners", "lecturers", "lenders",
        "librarians", "loggers", "mayors", "midwives", "militants", "militia", "militias", "miners",
        "movement", "musicians", "mutineers", "negotiators", "nurses", "operator", "opposition", "owners",
        "paramedics", "paramilitaries", "parents", "parties", "party", "passengers", "peasants", "pensioners",
        "pharmacists", "physicians", "pilots", "pirates", "players", "police", "prisoners", "protesters",
        "ranchers", "rebels", "referees", "refugees", "regulators", "relatives", "residents", "retailers",
        "seafarers", "separatists", "settlers", "shareholders", "shipowners", "shippers", "shopkeepers",
        "source", "sources", "stevedores", "strikers", "students", "supporters", "survivors", "teachers",
        "tenants", "traders", "tribes", "tribesmen", "truckers", "union", "unions", "utility", "veterans",
        "villagers", "warlords", "wing", "workers", "writers",
    ];

    /// Whether the noun of a group is for some people of a body and not for the whole: "Hamas sources".
    is_of_people => [
        "drivers", "employees", "employers", "families", "members", "miners", "negotiators", "nurses", "officials",
        "pilots", "players", "prisoners", "residents", "shareholders", "source", "sources", "students", "supporters",
        "teachers", "workers",
    ];

    /// Whether the noun is for people who decide together as a union: "nurses".
    is_member => [
        "actors", "crews", "dockers", "dockworkers", "doctors", "drivers", "employees", "firefighters", "fishermen",
        "lecturers", "librarians", "longshoremen", "machinists", "members", "midwives", "miners", "musicians", "nurses",
        "paramedics", "pharmacists", "pilots", "players", "porters", "postmen", "seafarers", "seamen", "staff",
        "stevedores", "strikers", "teachers", "union", "workers", "writers",
    ];

    /// Whether the noun says little without those whose they are: "relatives of the captives".
    is_people_of => [
        "chiefs", "elders", "families", "friends", "mayors", "members", "parents", "relatives", "residents",
        "supporters", "survivors",
    ];

    /// Whether the noun is for those who fight for a body: "rebels of the Dune Front".
    fights => [
        "bargainers", "combatants", "faction", "fighters", "guerrillas", "gunmen", "insurgents", "members",
        "militants", "rebels", "separatists",
    ];

    /// Whether the noun is for those who decide for a body: "the tribe's council".
    governs => [
        "assembly", "board", "committee", "congress", "council", "executive", "leadership",
    ];

    /// Whether the noun tells a body's kind and nothing else: "the group", said of one named before.
    is_class => [
        "alliance", "bloc", "company", "firm", "group", "movement", "party",
    ];

    /// Whether a body with the word in its name is one of those who employ: "Port Employers' Association".
    is_of_owners => [
        "bankers", "builders", "business", "businesses", "chamber", "colleges", "commerce", "companies", "employer",
        "employers", "employers'", "exporters", "growers", "hotels", "importers", "industrialists", "industries",
        "industry", "manufacturers", "mayors", "municipalities", "operators", "owners", "owners'", "producers",
        "publishers", "retailers", "shipowners", "theaters", "theatres", "trade", "universities",
    ];

    /// Whether the noun is for one that employs or sells: "the utility".
    is_firm => [
        "agency", "bank", "brewer", "broadcaster", "builder", "campaign", "carmaker", "carrier", "chain",
        "charity", "coalition", "company", "contractor", "developer", "drugmaker", "employer", "exporter",
        "firm", "giant", "grocer", "group", "grouping", "hospital", "insurer", "lender", "maker",
        "manufacturer", "militia", "newspaper", "operator", "organisation", "organization", "owner", "producer",
        "publisher", "refiner", "retailer", "shipper", "shipyard", "start-up", "startup", "steelmaker",
        "supplier", "think-tank", "utility",
    ];

    /// Whether the noun makes capitalised words an organisation: "Horn Peace Forum".
    is_organisation => [
        "academics", "academy", "actors", "administration", "affairs", "agency", "air", "airline", "airlines",
        "airways", "alliance", "aluminium", "aluminum", "archdiocese", "army", "assembly", "association",
        "authority", "autoworkers", "aviation", "bakeries", "bakers", "bank", "basin", "bishops", "bloc",
        "board", "boilermakers", "brands", "breweries", "brewers", "bricklayers", "brigade", "brigades",
        "builders", "bureau", "butchers", "caliphate", "carpenters", "caterers", "caucus", "cement", "center",
        "centre", "chamber", "chapter", "charity", "chemicals", "chiefs", "circle", "citizens", "clinics",
        "club", "coalition", "collective", "college", "command", "commission", "committee", "committees",
        "commons", "community", "company", "confederation", "conference", "congregation", "congress",
        "conservatives", "consortium", "construction", "cooperative", "copper", "corporation", "corps",
        "cotton", "council", "couriers", "court", "crescent", "crews", "cross", "cruises", "daily", "dairies",
        "dairy", "daughters", "defenders", "democrats", "department", "developers", "diocese", "directorate",
        "distillers", "dockers", "docks", "dockworkers", "doctors", "elders", "electric", "electricians",
        "electronics", "emergency", "emirate", "employees", "employers", "energy", "entertainment", "estates",
        "exchange", "farmers", "federation", "fellowship", "ferries", "firefighters", "fishermen", "foods",
        "force", "forces", "forestry", "forum", "foundation", "freight", "front", "fund", "gas", "gasworks",
        "government", "greens", "grocers", "group", "growers", "guard", "guards", "guild", "guilds", "haulage",
        "health", "healthcare", "holdings", "homeland", "hospitality", "hospitals", "hotels", "house", "hub",
        "hydro", "industries", "initiative", "institute", "institution", "insurance", "iron", "ironworkers",
        "joint", "journal", "journalists", "knesset", "laboratories", "labour", "labs", "landowners", "league",
        "lecturers", "liberals", "liberation", "lines", "list", "lithium", "lobby", "lodge", "logistics",
        "longshore", "longshoremen", "machinists", "mail", "marine", "maritime", "mayors", "meats", "metals",
        "midwives", "millers", "mills", "minerals", "miners", "mines", "mining", "ministry", "mission",
        "monitor", "mothers", "motors", "movement", "museum", "musicians", "navy", "network", "news", "nickel",
        "nurses", "observatory", "observers", "office", "oil", "operators", "organisation", "organization",
        "packers", "parcels", "parents", "parish", "parliament", "partners", "partnership", "party", "patriots",
        "peasants", "petroleum", "pharma", "pharmaceuticals", "pharmacies", "pharmacists", "physicians",
        "pictures", "pilots", "plastics", "platform", "plumbers", "police", "port", "ports", "post", "poultry",
        "power", "presbytery", "producers", "projectionists", "properties", "publishing", "pulp", "quarries",
        "quarry", "rail", "railroad", "railway", "railways", "rally", "ranchers", "rangers", "rebels",
        "recycling", "regiment", "rehabilitation", "resistance", "resorts", "resources", "retail", "rubber",
        "schools", "seafarers", "seamen", "secretariat", "secretariat-general", "semiconductor",
        "semiconductors", "senate", "senators", "service", "services", "shipowners", "shipping", "shipyards",
        "smelters", "smelting", "socialists", "society", "software", "solutions", "sons", "stagehands",
        "steamship", "steel", "steelworkers", "steelworks", "stevedores", "stores", "students", "studios",
        "supermarkets", "syndicate", "synod", "systems", "teachers", "team", "teamsters", "technologies",
        "technology", "telecom", "terminals", "textiles", "timber", "times", "trams", "transport", "tribe",
        "tribunal", "trust", "union", "unions", "university", "utilities", "veterans", "villages", "volunteers",
        "waste", "watch", "waterworks", "wire", "women", "workers", "workmen", "works", "writers", "zinc",
    ];

    /// Whether a body's name is complete with this noun: "and" behind it joins another.
    ends_name_of_body => [
        "agency", "alliance", "association", "authority", "bank", "brotherhood", "caucus", "commission", "committee",
        "company", "confederation", "corporation", "council", "federation", "forum", "foundation", "front",
        "government", "group", "guild", "league", "movement", "network", "party", "tribe", "union",
    ];

    /// Whether a name's first word says where a body is from or what it is for, not which it is: "National".
    is_origin => [
        "all", "army", "association", "central", "council", "democratic", "east", "eastern", "federal",
        "federation", "free", "front", "general", "grand", "great", "greater", "high", "independent",
        "international", "joint", "league", "ministry", "movement", "national", "new", "north", "northern",
        "old", "party", "people's", "popular", "red", "regional", "royal", "sons", "south", "southern",
        "state", "supreme", "union", "united", "west", "western", "world", "young",
    ];

    /// Whether the noun is in the name of what every state has: "Foreign Ministry".
    is_state_body => [
        "administration", "cabinet", "delegation", "department", "embassy", "foreign", "government",
        "ministry", "office", "parliament", "presidency",
    ];

    /// Whether the noun is for what is a state's without saying whose: "the government", "the junta".
    is_of_state => [
        "administration", "army", "cabinet", "country", "crown", "government", "junta", "kingdom",
        "leadership", "marines", "military", "nation", "palace", "parliament", "presidency", "regime", "republic",
        "state",
    ];

    /// Whether the adjective tells no government from another of the same state: "the federal government".
    is_of_time => [
        "caretaker", "central", "civilian", "conservative", "current", "elected", "federal", "incoming", "interim",
        "left-wing", "military", "minority", "national", "new", "outgoing", "present", "right-wing", "ruling",
        "transitional",
    ];

    /// Whether a body whose name ends so is one of its own, though an adjective says where: "the Greek Energy Forum".
    is_society => [
        "alliance", "association", "bishops", "center", "centre", "chamber", "club", "confederation",
        "crescent", "federation", "forum", "foundation", "front", "guild", "institute", "league", "list",
        "lobby", "movement", "network", "party", "society", "trust", "union", "university",
    ];

    /// Whether the people of a body with this noun in its name speak for themselves: "university".
    is_learned => [
        "academy", "center", "centre", "college", "hospital", "institute", "institution", "museum",
        "newspaper", "observatory", "polytechnic", "school", "society", "studies", "university",
    ];

    /// Whether the people of a body so described speak for themselves: "a consultancy in Lagos".
    is_consultancy => [
        "bank", "brokerage", "clinic", "consultancy", "institute", "magazine", "newspaper", "research",
        "think", "thinktank", "university",
    ];

    /// Whether the word names a news medium, which reports and holds no stance: "daily", "reuters".
    is_medium => [
        "abc", "afp", "agency", "ap", "bbc", "bloomberg", "broadcaster", "bulletin", "cbs", "chronicle",
        "cnn", "courier", "daily", "dispatch", "echo", "fox", "gazette", "globe", "guardian", "herald",
        "journal", "mail", "media", "mirror", "nbc", "news", "newspaper", "npr", "observer", "outlet",
        "pbs", "post", "press", "radio", "reuters", "standard", "star", "sun", "telegraph", "television",
        "times", "tribune", "tv", "weekly", "wire",
    ];

    /// Whether "both" and "the two" can be said of the noun.
    is_paired => [
        "armies", "camps", "capitals", "commands", "communities", "countries", "delegations", "factions",
        "foes", "governments", "groups", "leaders", "ministers", "nations", "negotiators", "neighbors",
        "neighbours", "organisations", "organizations", "parties", "presidents", "rivals", "sides", "states",
        "teams", "tribes", "unions",
    ];

    /// Whether the word makes capitalised words neither a person nor an organisation: "Dune Valley", "Peace Plan".
    is_place_or_thing => [
        "accord", "accords", "act", "advent", "africa", "agreement", "agreements", "airport", "aleppo", "asia",
        "avenue", "battle", "bay", "bill", "building", "caliphate", "caribbean", "carnival", "central",
        "charter", "christendom", "christmas", "city", "civil", "coast", "commonwealth", "conflict",
        "constitution", "convention", "county", "crimea", "crisis", "dam", "darfur", "day", "deal",
        "declaration", "desert", "district", "diwali", "earth", "east", "easter", "eastern", "eid", "eu-wide",
        "euphrates", "europe", "facebook", "framework", "gaza", "gulf", "hall", "hanukkah", "highway", "horn",
        "hospital", "hotel", "island", "islands", "lake", "law", "lent", "mediterranean", "memorandum",
        "midsummer", "mount", "north", "northern", "northwestern", "nowruz", "ocean", "online", "order",
        "palace", "passover", "peace", "peninsula", "pentecost", "plan", "port", "process", "project",
        "protocol", "province", "questions", "ramadan", "region", "resolution", "river", "road", "sea", "south",
        "southern", "square", "station", "strait", "street", "strip", "summit", "talks", "telegram",
        "thanksgiving", "today", "treaty", "truce", "twitter", "valley", "victory", "war", "week", "west",
        "western", "world",
    ];
}

/// What an organisation whose name ends in `last` is called when its name is not repeated: "company", "union".
pub(in crate::article::attribution) fn classes_of(last: &str) -> impl Iterator<Item = &'static str> {
    let of_last = CLASSES.iter().filter(move |(_, words)| words.contains(&last));
    of_last.flat_map(|(names, _)| names.iter().copied())
}

/// Common nouns, and the last words of the names that they stand for.
#[rustfmt::skip]
const CLASSES: &[(&[&str], &[&str])] = &[
    (
        &[
            "airline", "brewer", "brewery", "business", "carrier", "carmaker", "chain", "company", "developer", "drugmaker",
            "employer", "firm", "hotelier", "insurer", "lender", "maker", "manufacturer", "miner", "operator", "owner",
            "producer", "publisher", "refiner", "retailer", "steelmaker", "supplier", "utility",
        ],
        &[
            "air", "airlines", "airways", "bakeries", "bank", "brands", "breweries", "brewers",
            "cement", "chemicals", "clinics", "company", "construction", "copper", "corporation",
            "cruises", "dairies", "dairy", "distillers", "docks", "electric", "electronics", "energy",
            "entertainment", "estates", "ferries", "foods", "freight", "gas", "gold", "grocers",
            "group", "haulage", "health", "healthcare", "holdings", "hospitals", "hotels", "industries",
            "insurance", "laboratories", "labs", "lines", "lithium", "logistics", "meats", "media",
            "metals", "mills", "minerals", "mines", "mining", "motors", "oil", "packers", "partners",
            "pharma", "pharmaceuticals", "pharmacies", "pictures", "plastics", "poultry", "power",
            "properties", "publishing", "quarries", "quarry", "railway", "railways", "resorts",
            "resources", "retail", "semiconductor", "semiconductors", "shipping", "shipyards",
            "software", "solutions", "steel", "steelworks", "stores", "studios", "supermarkets",
            "systems", "technologies", "technology", "telecom", "textiles", "trams", "transport",
            "terminals", "utilities", "works",
        ],
    ),
    (
        &["union"],
        &[
            "association", "brotherhood", "crews", "dockers", "federation", "guild", "nurses", "pilots",
            "seafarers", "syndicate", "teachers", "teamsters", "union", "workers",
        ],
    ),
    (
        &["party"],
        &[
            "alliance", "conservatives", "democrats", "front", "greens", "labour", "league", "liberals",
            "list", "movement", "party", "patriots", "rally", "socialists", "union",
        ],
    ),
    (
        &["group"],
        &[
            "alliance", "association", "coalition", "council", "federation", "forum", "league", "organisation",
            "organization", "relief", "society",
        ],
    ),
    (
        &["group", "faction", "insurgents", "militants", "militia", "movement", "rebels"],
        &[
            "army", "brigade", "brigades", "caucus", "command", "committee", "front", "guard", "guards", "initiative",
            "liberation", "militia", "movement", "network", "rebels", "resistance", "sons", "watch",
        ],
    ),
    (
        &["district", "employer"],
        &[
            "district",
        ],
    ),
    (
        &["tribe"],
        &[
            "tribe",
        ],
    ),
    (
        &["hospital"],
        &[
            "clinic", "clinics", "health", "healthcare", "hospitals", "infirmary",
        ],
    ),
    (
        &["bloc"],
        &[
            "community", "nations", "states",
        ],
    ),
    (
        &["charity"],
        &[
            "charity", "crescent", "cross", "foundation", "trust",
        ],
    ),
];
