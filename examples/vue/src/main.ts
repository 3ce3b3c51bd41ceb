import { createChatDesk } from '@chatdesk/vue'
import { createApp } from 'vue'
import { App } from './app.js'

createApp(App).use(createChatDesk()).mount('#app')
