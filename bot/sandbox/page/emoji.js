// Emoji by name: those that people and incident bots use. An unknown name stays as it was typed.

const NAMES = `
grinning 😀 smile 😄 grin 😁 joy 😂 slightly_smiling_face 🙂 wink 😉 blush 😊 sunglasses 😎 thinking_face 🤔 neutral_face 😐
sweat_smile 😅 sweat 😓 cry 😢 sob 😭 scream 😱 rage 😡 exploding_head 🤯 sleeping 😴 melting_face 🫠 saluting_face 🫡 nerd_face 🤓
face_with_monocle 🧐 relieved 😌 confused 😕 worried 😟 cold_sweat 😰 partying_face 🥳 shushing_face 🤫 robot_face 🤖 ghost 👻 skull 💀
thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 wave 👋 raised_hand ✋ hand ✋ muscle 💪 point_right 👉
point_left 👈 point_up ☝️ point_down 👇 handshake 🤝 fist ✊ crossed_fingers 🤞 v ✌️ eyes 👀 eye 👁️ brain 🧠 bust_in_silhouette 👤
busts_in_silhouette 👥 man-raising-hand 🙋‍♂️ raising_hand 🙋 shrug 🤷 detective 🕵️ technologist 🧑‍💻 firefighter 🧑‍🚒 construction_worker 👷
heart ❤️ broken_heart 💔 100 💯 boom 💥 fire 🔥 sparkles ✨ star ⭐ star2 🌟 zap ⚡ dizzy 💫 tada 🎉 confetti_ball 🎊 trophy 🏆 medal 🏅
bell 🔔 no_bell 🔕 rotating_light 🚨 warning ⚠️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 stop_sign 🛑 sos 🆘 x ❌ heavy_check_mark ✔️
white_check_mark ✅ ballot_box_with_check ☑️ negative_squared_cross_mark ❎ heavy_multiplication_x ✖️ question ❓ grey_question ❔
exclamation ❗ heavy_exclamation_mark ❗ bangbang ‼️ interrobang ⁉️ information_source ℹ️ red_circle 🔴 large_orange_circle 🟠
large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 large_brown_circle 🟤 white_circle ⚪
black_circle ⚫ red_square 🟥 large_red_square 🟥 large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩 large_blue_square 🟦
large_purple_square 🟪 white_large_square ⬜ black_large_square ⬛ small_blue_diamond 🔹 small_orange_diamond 🔸 large_blue_diamond 🔷
pushpin 📌 round_pushpin 📍 bookmark 🔖 paperclip 📎 link 🔗 memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋 notebook 📓 book 📖 books 📚
page_facing_up 📄 scroll 📜 newspaper 📰 label 🏷️ mag 🔍 mag_right 🔎 bulb 💡 wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ gear ⚙️ nut_and_bolt 🔩
toolbox 🧰 test_tube 🧪 microscope 🔬 telescope 🔭 satellite 🛰️ satellite_antenna 📡 electric_plug 🔌 battery 🔋 computer 💻
desktop_computer 🖥️ keyboard ⌨️ floppy_disk 💾 cd 💿 file_folder 📁 open_file_folder 📂 file_cabinet 🗄️ card_index_dividers 🗂️ package 📦
inbox_tray 📥 outbox_tray 📤 mailbox 📫 email ✉️ envelope ✉️ e-mail 📧 incoming_envelope 📨 pager 📟 telephone ☎️ telephone_receiver 📞 iphone 📱
calling 📲 loudspeaker 📢 mega 📣 speech_balloon 💬 thought_balloon 💭 left_speech_bubble 🗨️ speaking_head_in_silhouette 🗣️
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 calendar 📅 date 📅 spiral_calendar_pad 🗓️ spiral_calendar 🗓️
alarm_clock ⏰ clock ⏰ clock1 🕐 clock3 🕒 clock9 🕘 stopwatch ⏱️ timer_clock ⏲️ hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ zzz 💤
arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrow_up_down ↕️ arrows_counterclockwise 🔄
arrows_clockwise 🔃 repeat 🔁 back 🔙 leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️ fast_forward ⏩ rewind ⏪ play_or_pause_button ⏯️
arrow_forward ▶️ double_vertical_bar ⏸️ black_square_for_stop ⏹️ up 🆙 new 🆕 ok 🆗 free 🆓 one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣
seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 zero 0️⃣ heavy_plus_sign ➕ heavy_minus_sign ➖ recycle ♻️ lock 🔒 unlock 🔓
closed_lock_with_key 🔐 key 🔑 shield 🛡️ police_car 🚓 ambulance 🚑 fire_engine 🚒 fire_extinguisher 🧯 rocket 🚀 airplane ✈️ anchor ⚓
ship 🚢 construction 🚧 vertical_traffic_light 🚦 traffic_light 🚥 checkered_flag 🏁 triangular_flag_on_post 🚩 crossed_flags 🎌
waving_white_flag 🏳️ globe_with_meridians 🌐 earth_africa 🌍 cloud ☁️ sunny ☀️ partly_sunny ⛅ rainbow 🌈 snowflake ❄️ thunder_cloud_and_rain ⛈️
umbrella ☔ ocean 🌊 seedling 🌱 evergreen_tree 🌲 herb 🌿 coffee ☕ pizza 🍕 cake 🍰 beers 🍻 dart 🎯 game_die 🎲 jigsaw 🧩 magnet 🧲 bug 🐛
ant 🐜 bee 🐝 owl 🦉 eagle 🦅 snail 🐌 turtle 🐢 fox_face 🦊 cat 🐱 dog 🐶 unicorn_face 🦄 crown 👑 helmet_with_white_cross ⛑️ gem 💎 moneybag 💰
credit_card 💳 shopping_trolley 🛒 shopping_cart 🛒 bank 🏦 factory 🏭 house 🏠 hospital 🏥 stethoscope 🩺 adhesive_bandage 🩹 pill 💊 syringe 💉
scales ⚖️ compass 🧭 world_map 🗺️ ladder 🪜 broom 🧹 wastebasket 🗑️ printer 🖨️ camera 📷 movie_camera 🎥 microphone 🎤 studio_microphone 🎙️
headphones 🎧 musical_note 🎵 art 🎨 ticket 🎫 admission_tickets 🎟️ identification_card 🪪 writing_hand ✍️ sleuth_or_spy 🕵️ hatching_chick 🐣
`;

const TABLE = new Map();
const words = NAMES.trim().split(/\s+/);
for (let at = 0; at + 1 < words.length; at += 2) TABLE.set(words[at], words[at + 1]);

/** The character of an emoji's name, with its skin tone dropped; null when the name is unknown. */
export const emojiOf = (name) => TABLE.get(name.split("::")[0]) ?? null;

/** What is offered first when somebody reacts. */
export const QUICK = ["pushpin", "eyes", "white_check_mark"];
export const OFFERED = [
  "pushpin",
  "eyes",
  "white_check_mark",
  "thumbsup",
  "raised_hands",
  "pray",
  "tada",
  "fire",
  "rotating_light",
  "warning",
  "thinking_face",
  "bulb",
  "memo",
  "rocket",
  "heart",
  "100",
  "x",
  "hourglass_flowing_sand",
];

/** Names that begin with what was typed, for the composer. */
export const emojiLike = (start, most = 8) =>
  [...TABLE]
    .filter(([name]) => name.startsWith(start))
    .slice(0, most)
    .map(([name, character]) => ({ name, character }));
